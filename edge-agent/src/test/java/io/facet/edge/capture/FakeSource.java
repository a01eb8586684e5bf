package io.facet.edge.capture;

import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * A camera made of numbers: 25 frames a second of its own time, as fast as asked for, a grey
 * gradient that moves. Ends, stalls or fails after so many frames.
 */
public final class FakeSource implements FrameSource {
    private static final long PERIOD = 40_000_000;
    private static final int WIDTH = 320;
    private static final int HEIGHT = 180;

    private final BooleanSupplier cancelled;
    private final long frames;
    private final Reading last;
    private final FrameThinner thinner;
    private long made;
    private long given;
    private boolean closed;

    /** Gives so many frames, then {@code last}. */
    public FakeSource(long frames, Reading last, double maxRate, BooleanSupplier cancelled) {
        this.frames = frames;
        this.last = last;
        this.thinner = new FrameThinner(maxRate);
        this.cancelled = cancelled;
    }

    @Override
    public Reading read(FrameBuffer frame) {
        while (!cancelled.getAsBoolean() && made < frames) {
            long nanos = made++ * PERIOD;
            if (thinner.due(nanos)) {
                paint(frame.prepare(WIDTH, HEIGHT));
                frame.stamp(given++, Instant.EPOCH.plusNanos(nanos), nanos);
                return Reading.FRAME;
            }
        }
        return cancelled.getAsBoolean() ? Reading.ENDED : last;
    }

    private void paint(byte[] bgr) {
        for (int i = 0; i < WIDTH * HEIGHT * 3; i++) {
            bgr[i] = (byte) (i / 3 + made * 7);
        }
    }

    public boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
