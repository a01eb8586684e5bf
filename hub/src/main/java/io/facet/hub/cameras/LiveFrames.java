package io.facet.hub.cameras;

import io.facet.model.CameraId;
import java.util.function.Consumer;

/**
 * Live pictures, pulled from the box over its own outbound connection only while somebody looks.
 * Thread-safe.
 */
public interface LiveFrames {
    /**
     * Asks for pictures until the watch is closed. The watcher is called on the thread that reads
     * the broker and must hand over quickly; a picture it cannot take is simply lost.
     *
     * @throws io.facet.error.FacetException {@code NOT_FOUND} for an unknown camera, {@code
     *     UNAVAILABLE} when its box is offline
     */
    Watch watch(CameraId camera, Wish wish, Consumer<LiveFrame> watcher);

    /**
     * How to send.
     *
     * @param framesPerSecond at most, 0.1 to 30
     * @param maxWidth pixels, 64 to 3840
     * @param overlay whether boxes and names are burnt into the picture
     */
    record Wish(float framesPerSecond, int maxWidth, boolean overlay) {
        public Wish {
            if (!(framesPerSecond >= 0.1f && framesPerSecond <= 30)) {
                throw new IllegalArgumentException("frames a second are 0.1 to 30");
            }
            if (maxWidth < 64 || maxWidth > 3840) {
                throw new IllegalArgumentException("a live picture is 64 to 3840 pixels wide");
            }
        }
    }

    /** Ends when closed. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
