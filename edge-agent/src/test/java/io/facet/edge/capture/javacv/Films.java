package io.facet.edge.capture.javacv;

import io.facet.edge.capture.CaptureOptions;
import io.facet.edge.capture.CaptureOptions.Playback;
import io.facet.edge.capture.FrameBuffer;
import io.facet.edge.capture.FrameSource;
import io.facet.edge.capture.SourceAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Plays films that were made, as any other recording. */
public final class Films {
    private Films() {}

    /**
     * A frame of a film.
     *
     * @param nanos since the first
     * @param brightness of the picture's middle, 0 to 255
     */
    public record Shown(long nanos, int width, int height, int brightness) {}

    /** All frames of a film. */
    public static List<Shown> play(byte[] film, Path folder) {
        CaptureOptions all =
                CaptureOptions.DEFAULT.withPlayback(Playback.ONCE_FAST).withMaxFrameRate(100);
        Path file = folder.resolve("film.webm");
        try {
            Files.write(file, film);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        List<Shown> frames = new ArrayList<>();
        try (FrameSource source =
                new FfmpegSources(InstantSource.system())
                        .opener(SourceAddress.parse(file.toString()), all)
                        .open(() -> false)) {
            FrameBuffer frame = new FrameBuffer();
            long first = -1;
            while (source.read(frame) instanceof FrameSource.Reading.Frame) {
                first = first < 0 ? frame.monotonicNanos() : first;
                int width = frame.image().width();
                int height = frame.image().height();
                int middle = 3 * (height / 2 * width + width / 2);
                frames.add(
                        new Shown(
                                frame.monotonicNanos() - first,
                                width,
                                height,
                                frame.image().bgr()[middle] & 0xff));
            }
        }
        return frames;
    }
}
