package io.facet.edge.capture;

import io.facet.edge.capture.CaptureOptions.Size;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.vision.image.Image;
import io.facet.vision.image.ImageDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A folder of still pictures as a film: they hang side by side, in order of their names, and the
 * camera pans along them from left to right, so that faces come into view, cross it and leave, as
 * people would. One thread.
 *
 * <p>Pictures are brought to the frame's height; only those in view are kept in memory.
 */
public final class PictureFolder implements FrameSource {
    private static final Size DEFAULT_SIZE = new Size(1280, 720);
    private static final double DEFAULT_RATE = 15;
    private static final double SECONDS_TO_CROSS = 8;
    private static final int MAX_FILES = 10_000;
    private static final int MAX_BYTES = 64 << 20;

    private final FilmStrip strip;
    private final FrameClock clock;
    private final CaptureOptions options;
    private final Size size;
    private final long period;
    private final double pixelsPerFrame;
    private long made;
    private long given;

    private PictureFolder(
            FilmStrip strip, FrameClock clock, CaptureOptions options, Size size, double rate) {
        this.strip = strip;
        this.clock = clock;
        this.options = options;
        this.size = size;
        this.period = (long) (1e9 / rate);
        this.pixelsPerFrame = size.width() / (SECONDS_TO_CROSS * rate);
    }

    /**
     * Lists the folder's JPEG, PNG, WebP and BMP files.
     *
     * @throws FacetException NOT_FOUND when it has none
     */
    public static PictureFolder open(
            Path folder, CaptureOptions options, InstantSource clock, BooleanSupplier cancelled) {
        Size size = options.scaleTo().orElse(DEFAULT_SIZE);
        double rate = options.playback().frameRate();
        ImageDecoder decoder = new ImageDecoder(MAX_BYTES, FrameBuffer.MAX_PIXELS);
        List<Path> pictures = pictures(folder);
        return new PictureFolder(
                new FilmStrip(pictures.size(), i -> load(decoder, pictures.get(i)), size),
                FrameClock.recorded(clock, options, cancelled),
                options,
                size,
                rate > 0 ? rate : DEFAULT_RATE);
    }

    private static List<Path> pictures(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> pictures =
                    files.filter(PictureFolder::isPicture).limit(MAX_FILES).sorted().toList();
            if (pictures.isEmpty()) {
                throw new FacetException(
                        ErrorCode.NOT_FOUND,
                        "the folder holds no picture; put JPEG, PNG, WebP or BMP files into it");
            }
            return pictures;
        } catch (IOException unreadable) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE, "the folder cannot be read", unreadable);
        }
    }

    private static boolean isPicture(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.matches(".*\\.(jpe?g|png|webp|bmp)");
    }

    private static Image load(ImageDecoder decoder, Path file) {
        try {
            return decoder.decode(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE, "a picture of the folder cannot be read", unreadable);
        }
    }

    @Override
    public Reading read(FrameBuffer frame) {
        while (true) {
            long x = Math.round(made * pixelsPerFrame);
            if (!options.playback().loop() && strip.isPast(x)) {
                return Reading.ENDED;
            }
            if (clock.due(made++ * period)) {
                return give(frame, x);
            }
        }
    }

    private Reading give(FrameBuffer frame, long x) {
        try {
            strip.draw(x, frame.prepare(size.width(), size.height()));
        } catch (FacetException broken) {
            return new Reading.Failed(broken.reason());
        }
        if (!clock.await()) {
            return Reading.ENDED;
        }
        clock.stamp(frame, given++);
        return Reading.FRAME;
    }

    @Override
    public void close() {
        // Holds heap memory only.
    }
}
