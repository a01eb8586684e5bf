package io.facet.edge.capture;

import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * Says which frames of a source are given, when, and with which capture times. One thread.
 *
 * <p>Order of calls: {@link #due}; when true, {@link #await}; when true, {@link #stamp}.
 */
public sealed interface FrameClock {
    /** {@link #due}'s argument for a frame that says no time. */
    long NO_TIME = Long.MIN_VALUE;

    /** Whether the frame with this time of the source's own clock, in nanoseconds, is given. */
    boolean due(long sourceNanos);

    /** Waits until it is time to give the frame; false when cancelled meanwhile. */
    boolean await();

    /** Writes the capture times into the frame. */
    void stamp(FrameBuffer frame, long index);

    /**
     * The recording begins again; in real time after a pause in which everybody leaves: without it,
     * a person in view at both ends would be on one visit for ever.
     */
    void rewound();

    /** Frames are taken when they arrive. */
    static FrameClock live(InstantSource clock, CaptureOptions options) {
        return new Live(clock, new FrameThinner(options.maxFrameRate()));
    }

    /** Frames follow the recording's timeline, as {@link Timeline} says. */
    static FrameClock recorded(
            InstantSource clock, CaptureOptions options, BooleanSupplier cancelled) {
        return new Recorded(
                new Timeline(clock, options.playback().realTime(), cancelled),
                new FrameThinner(options.maxFrameRate()),
                options.playback());
    }

    final class Live implements FrameClock {
        private final InstantSource clock;
        private final FrameThinner thinner;
        private long arrived;

        private Live(InstantSource clock, FrameThinner thinner) {
            this.clock = clock;
            this.thinner = thinner;
        }

        @Override
        public boolean due(long sourceNanos) {
            arrived = System.nanoTime();
            return thinner.due(arrived);
        }

        @Override
        public boolean await() {
            return true;
        }

        @Override
        public void stamp(FrameBuffer frame, long index) {
            long since = System.nanoTime() - arrived;
            frame.stamp(index, clock.instant().minusNanos(since), arrived);
        }

        @Override
        public void rewound() {
            // A camera has no beginning.
        }
    }

    final class Recorded implements FrameClock {
        private static final long USUAL_PERIOD = 40_000_000;

        /** Longer than the usual max_gap: who is there at the end has left before the beginning. */
        private static final long BETWEEN_ROUNDS = 5_000_000_000L;

        private final Timeline timeline;
        private final FrameThinner thinner;
        private final long fixedPeriod;
        private final long pauseAtEnd;
        private long base;
        private long firstOfLoop = NO_TIME;
        private long offset = -1;
        private long period = USUAL_PERIOD;
        private long pause;

        private Recorded(
                Timeline timeline, FrameThinner thinner, CaptureOptions.Playback playback) {
            double frameRate = playback.frameRate();
            this.timeline = timeline;
            this.thinner = thinner;
            this.pauseAtEnd = playback.realTime() ? BETWEEN_ROUNDS : 0;
            this.fixedPeriod = frameRate > 0 ? (long) (1e9 / frameRate) : 0;
        }

        @Override
        public boolean due(long sourceNanos) {
            long last = offset;
            offset = last < 0 ? 0 : Math.max(last + 1, next(sourceNanos)) + pause;
            pause = 0;
            if (last < 0 || firstOfLoop == NO_TIME) {
                firstOfLoop = sourceNanos;
                base = offset;
            } else {
                period = offset - last;
            }
            return thinner.due(offset);
        }

        private long next(long sourceNanos) {
            if (fixedPeriod > 0) {
                return offset + fixedPeriod;
            }
            return sourceNanos == NO_TIME || firstOfLoop == NO_TIME
                    ? offset + period
                    : base + sourceNanos - firstOfLoop;
        }

        @Override
        public boolean await() {
            return timeline.await(offset);
        }

        @Override
        public void stamp(FrameBuffer frame, long index) {
            timeline.stamp(frame, index);
        }

        @Override
        public void rewound() {
            firstOfLoop = NO_TIME;
            pause = pauseAtEnd;
        }
    }
}
