package io.facet.edge.capture;

import java.util.function.BooleanSupplier;

/**
 * The open pictures of one camera. Used and closed by one thread.
 *
 * <p>Order of calls: {@link #read} again and again while it gives frames; after any other reading
 * the source has nothing more to give and is closed.
 */
public interface FrameSource extends AutoCloseable {
    /**
     * Waits for the next frame and writes it, with its times, into {@code frame}. Returns at the
     * latest soon after the read timeout of its options, and soon after it has been cancelled.
     * Gives at most the configured frames a second: those in between are passed over.
     */
    Reading read(FrameBuffer frame);

    @Override
    void close();

    /** Opens the same pictures any number of times, one after the other. */
    @FunctionalInterface
    interface Opener {
        /**
         * Connects; blocks at most for the open timeout.
         *
         * @param cancelled asked while opening and reading, from the source's thread; once true,
         *     both end soon
         * @throws io.facet.error.FacetException when the pictures cannot be had; no message shows
         *     the address's password
         */
        FrameSource open(BooleanSupplier cancelled);
    }

    /** What a read gave. */
    sealed interface Reading {
        Reading FRAME = new Frame();
        Reading ENDED = new Ended();

        /** The buffer holds a new frame. */
        record Frame() implements Reading {}

        /** The pictures are over, or reading was cancelled. */
        record Ended() implements Reading {}

        /** The camera is connected but sends nothing. */
        record Stalled(String reason) implements Reading {}

        /** The connection broke or the pictures cannot be decoded. */
        record Failed(String reason) implements Reading {}
    }
}
