package io.facet.edge.capture;

/**
 * Thins a stream to at most so many frames a second, evenly: a frame is due when it is no earlier
 * than its slot of the grid less a quarter period, so that jitter of the camera does not cost every
 * other frame.
 */
public final class FrameThinner {
    private final long period;
    private boolean started;
    private long next;

    public FrameThinner(double framesPerSecond) {
        this.period = (long) (1e9 / framesPerSecond);
    }

    /** Whether the frame of this time is given; times ascend. */
    public boolean due(long nanos) {
        if (!started) {
            started = true;
            next = nanos + period;
            return true;
        }
        if (nanos - next < -period / 4) {
            return false;
        }
        // After a pause the grid starts anew, or the frames behind it would come in a burst.
        next = nanos - next > period ? nanos + period : next + period;
        return true;
    }
}
