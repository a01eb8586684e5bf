package io.facet.hub.api.rest;

import io.facet.hub.cameras.LiveFrame;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Live pictures as {@code multipart/x-mixed-replace}, the newest one whenever the next is due. The
 * boundary follows each picture at once, because browsers show a picture when they see it. It ends
 * when no picture comes any more, when the viewer may no longer look, and when they do not read.
 * One thread.
 *
 * @param framesPerSecond at most
 * @param mayLook asked every few seconds
 * @param seen told of each picture before it is written
 * @param times how long to wait for what
 */
record MotionJpeg(
        LatestFrame frames,
        int framesPerSecond,
        BooleanSupplier mayLook,
        Consumer<LiveFrame> seen,
        Times times) {
    private static final String BOUNDARY = "facet-picture";

    static final String MEDIA_TYPE = "multipart/x-mixed-replace";
    static final String CONTENT_TYPE = MEDIA_TYPE + "; boundary=" + BOUNDARY;

    private static final byte[] NEXT = ascii("\r\n");
    private static final byte[] DIVIDER = ascii("\r\n--" + BOUNDARY);
    private static final byte[] LAST = ascii("--\r\n");

    /**
     * How long to wait.
     *
     * @param picture for the next picture
     * @param reader for the viewer to take one
     * @param recheck until it is asked again whether they may look
     */
    record Times(Duration picture, Duration reader, Duration recheck) {
        static final Times USUAL =
                new Times(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(5));
    }

    /**
     * Writes pictures until one of the ends.
     *
     * @param first that came already
     * @throws IOException when the viewer went away or does not read
     */
    void write(LiveFrame first, OutputStream out) throws IOException {
        try (WriteGuard guard = new WriteGuard(out, times.reader())) {
            guard.write(ascii("--" + BOUNDARY));
            pictures(first, guard);
            guard.write(LAST);
        } catch (InterruptedException stopping) {
            throw new IOException("the hub stops", stopping);
        }
    }

    private void pictures(LiveFrame first, WriteGuard guard)
            throws IOException, InterruptedException {
        long period = 1_000_000_000L / framesPerSecond;
        long asked = System.nanoTime();
        Optional<LiveFrame> next = Optional.of(first);
        while (next.isPresent()) {
            long begun = System.nanoTime();
            if (begun - asked >= times.recheck().toNanos()) {
                if (!mayLook.getAsBoolean()) {
                    return;
                }
                asked = begun;
            }
            seen.accept(next.get());
            guard.write(NEXT, head(next.get()), next.get().picture().bytes(), DIVIDER);
            Thread.sleep(Duration.ofNanos(Math.max(0, begun + period - System.nanoTime())));
            next = frames.take(times.picture());
        }
    }

    private static byte[] head(LiveFrame frame) {
        return ascii(
                "Content-Type: image/jpeg\r\nContent-Length: "
                        + frame.picture().bytes().length
                        + "\r\nX-Captured-At: "
                        + frame.capturedAt()
                        + "\r\n\r\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
