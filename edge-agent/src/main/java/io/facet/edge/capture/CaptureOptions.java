package io.facet.edge.capture;

import java.time.Duration;
import java.util.Optional;

/**
 * How pictures are read.
 *
 * @param openTimeout longest wait for a camera to answer
 * @param readTimeout longest wait for a frame
 * @param maxFrameRate frames a second given at most; those in between are decoded, not converted
 * @param decodeThreads of one camera; more than 1 helps above 1080p
 * @param playback how files are played; live cameras ignore it
 * @param scaleTo the size every frame is brought to; empty keeps the camera's
 */
public record CaptureOptions(
        Duration openTimeout,
        Duration readTimeout,
        double maxFrameRate,
        int decodeThreads,
        Playback playback,
        Optional<Size> scaleTo) {
    public static final CaptureOptions DEFAULT =
            new CaptureOptions(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    15,
                    1,
                    Playback.LIKE_A_CAMERA,
                    Optional.empty());

    public CaptureOptions {
        if (!(maxFrameRate > 0) || decodeThreads < 1 || decodeThreads > 16) {
            throw new IllegalArgumentException("max_frame_rate is above 0, decode_threads 1 to 16");
        }
    }

    /** Pixels of a frame. */
    public record Size(int width, int height) {
        public Size {
            if (width < 16 || height < 16 || (long) width * height > FrameBuffer.MAX_PIXELS) {
                throw new IllegalArgumentException("a frame size of " + width + " x " + height);
            }
        }
    }

    /**
     * How a file is played. Capture times always follow the file's own timeline.
     *
     * @param loop begin again at the end; in real time after a pause that ends every visit
     * @param realTime give each frame when it is due; false: as fast as it is asked for
     * @param frameRate play at this many frames a second; 0 plays as recorded
     */
    public record Playback(boolean loop, boolean realTime, double frameRate) {
        /** Again and again in real time, as a camera would see it. */
        public static final Playback LIKE_A_CAMERA = new Playback(true, true, 0);

        /** Once, as fast as possible, for benches and tests. */
        public static final Playback ONCE_FAST = new Playback(false, false, 0);

        public Playback {
            if (!(frameRate >= 0 && frameRate <= 1000)) {
                throw new IllegalArgumentException("a frame rate of " + frameRate);
            }
        }
    }

    public CaptureOptions withPlayback(Playback changed) {
        return new CaptureOptions(
                openTimeout, readTimeout, maxFrameRate, decodeThreads, changed, scaleTo);
    }

    public CaptureOptions withTimeouts(Duration open, Duration read) {
        return new CaptureOptions(open, read, maxFrameRate, decodeThreads, playback, scaleTo);
    }

    public CaptureOptions withMaxFrameRate(double changed) {
        return new CaptureOptions(
                openTimeout, readTimeout, changed, decodeThreads, playback, scaleTo);
    }

    public CaptureOptions withScaleTo(Size size) {
        return new CaptureOptions(
                openTimeout, readTimeout, maxFrameRate, decodeThreads, playback, Optional.of(size));
    }
}
