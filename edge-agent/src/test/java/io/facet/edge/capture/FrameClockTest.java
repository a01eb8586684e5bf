package io.facet.edge.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.edge.capture.CaptureOptions.Playback;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class FrameClockTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final long MS = 1_000_000;

    private final FrameBuffer frame = new FrameBuffer();

    private FrameClock recorded(Playback playback) {
        return FrameClock.recorded(
                InstantSource.fixed(START),
                CaptureOptions.DEFAULT.withPlayback(playback).withMaxFrameRate(100),
                () -> false);
    }

    private Duration offset(FrameClock clock, long sourceNanos) {
        assertThat(clock.due(sourceNanos)).isTrue();
        assertThat(clock.await()).isTrue();
        clock.stamp(frame, 0);
        return Duration.between(START, frame.capturedAt());
    }

    @Test
    void aRecordingBeginsNowWhateverItsOwnClockSays() {
        FrameClock clock = recorded(Playback.ONCE_FAST);
        assertThat(offset(clock, 5000 * MS)).isEqualTo(Duration.ZERO);
        assertThat(offset(clock, 5040 * MS)).isEqualTo(Duration.ofMillis(40));
        assertThat(offset(clock, 5120 * MS)).isEqualTo(Duration.ofMillis(120));
    }

    @Test
    void theNextRoundContinuesWhereTheLastOneEnded() {
        FrameClock clock = recorded(Playback.ONCE_FAST);
        offset(clock, 0);
        assertThat(offset(clock, 50 * MS)).isEqualTo(Duration.ofMillis(50));
        clock.rewound();
        assertThat(offset(clock, 0)).isEqualTo(Duration.ofMillis(100));
        assertThat(offset(clock, 50 * MS)).isEqualTo(Duration.ofMillis(150));
    }

    @Test
    void inRealTimeTheNextRoundFollowsAfterEverybodyHasLeft() {
        FrameClock clock = recorded(Playback.LIKE_A_CAMERA);
        assertThat(clock.due(0)).isTrue();
        assertThat(clock.due(50 * MS)).isTrue();
        clock.rewound();
        long asked = System.nanoTime();
        offset(clock, 0);
        assertThat(frame.monotonicNanos() - asked).isGreaterThan(Duration.ofSeconds(4).toNanos());
        assertThat(offset(clock, 50 * MS)).isEqualTo(Duration.ofMillis(5150));
    }

    @Test
    void anotherFrameRateReplacesTheRecordingsOwn() {
        FrameClock clock = recorded(new Playback(true, false, 20));
        offset(clock, 0);
        assertThat(offset(clock, 333 * MS)).isEqualTo(Duration.ofMillis(50));
        clock.rewound();
        assertThat(offset(clock, 0)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void framesWithoutATimeFollowEachOther() {
        FrameClock clock = recorded(Playback.ONCE_FAST);
        offset(clock, FrameClock.NO_TIME);
        assertThat(offset(clock, FrameClock.NO_TIME)).isEqualTo(Duration.ofMillis(40));
        assertThat(offset(clock, FrameClock.NO_TIME)).isEqualTo(Duration.ofMillis(80));
    }
}
