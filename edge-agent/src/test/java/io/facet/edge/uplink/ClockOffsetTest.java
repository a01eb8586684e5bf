package io.facet.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.edge.outbox.Moment;
import io.facet.model.CameraId;
import io.facet.model.SiteId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockOffsetTest {
    private static final Instant WALL = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration AHEAD = Duration.ofMinutes(3);

    /** Of System.nanoTime's scale, which may begin anywhere. */
    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);

    private final ClockOffset offset = new ClockOffset(nanos::get);

    /** A message that left now by this wall clock, to a hub that is ahead of the first one. */
    private void sample(Instant wall, Duration hubAhead, long tripMs) {
        nanos.addAndGet(tripMs * 1_000_000);
        offset.sample(wall, wall.plusMillis(tripMs / 2).plus(hubAhead), wall.plusMillis(tripMs));
    }

    private Moment moment(Instant wall) {
        return new Moment(
                new CameraId(new UUID(1, 1)),
                SiteId.DEFAULT,
                wall,
                Duration.ofNanos(nanos.get()),
                false);
    }

    @Test
    void nothingIsKnownBeforeTheHubIsHeard() {
        assertThat(offset.at(moment(WALL))).isEmpty();
    }

    @Test
    void theShortestTripCountsAndTooLongOrBackwardOnesDoNot() {
        sample(WALL, AHEAD, 100);
        assertThat(offset.at(moment(WALL.plusMillis(100)))).contains(AHEAD);
        sample(WALL.plusMillis(100), AHEAD.plusMillis(20), 400);
        assertThat(offset.at(moment(WALL.plusMillis(500)))).contains(AHEAD);
        sample(WALL.plusMillis(500), AHEAD.plusDays(1), 3_000);
        offset.sample(WALL.plusSeconds(5), WALL, WALL.plusSeconds(4));
        assertThat(offset.at(moment(WALL.plusMillis(3_500)))).contains(AHEAD);
    }

    @Test
    void aWallClockThatIsSetWithoutTheHubChangesNothingOfTheHubsTime() {
        sample(WALL, AHEAD, 100);
        nanos.addAndGet(Duration.ofHours(2).toNanos());
        Instant onTime = WALL.plusMillis(100).plus(Duration.ofHours(2));
        for (Duration jump : new Duration[] {Duration.ofDays(-300), Duration.ofHours(7)}) {
            Instant wall = onTime.plus(jump);
            assertThat(offset.at(moment(wall)).map(wall::plus)).contains(onTime.plus(AHEAD));
        }
    }

    @Test
    void aHubWhoseClockWasSetIsBelievedAtOnce() {
        sample(WALL, AHEAD, 10);
        sample(WALL.plusMillis(10), AHEAD.plusHours(1), 200);
        assertThat(offset.at(moment(WALL.plusMillis(210)))).contains(AHEAD.plusHours(1));
    }
}
