package io.facet.edge.uplink;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;

/**
 * Estimates hub clock minus box clock from acknowledgements, as NTP does (RFC 5905, 8): of the last
 * eight samples the one with the shortest round trip counts, as its error is at most half of that.
 * A sample that contradicts the estimate by more than both errors means that a clock was set; the
 * older samples go. Thread-safe.
 */
public final class ClockOffset {
    private static final int SAMPLES = 8;
    private static final Duration LONGEST_TRIP = Duration.ofSeconds(2);
    private static final Duration SLACK = Duration.ofMillis(500);

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(Duration offset, Duration trip) {}

    /** Takes a sample; one that travelled too long, or backwards, says nothing. */
    public synchronized void sample(Instant sent, Instant receivedAtHub, Instant returned) {
        Duration trip = Duration.between(sent, returned);
        if (trip.isNegative() || trip.compareTo(LONGEST_TRIP) > 0) {
            return;
        }
        Duration offset = Duration.between(sent.plus(trip.dividedBy(2)), receivedAtHub);
        Sample fresh = new Sample(offset, trip);
        if (best().filter(best -> contradicts(best, fresh)).isPresent()) {
            samples.clear();
        }
        samples.addLast(fresh);
        if (samples.size() > SAMPLES) {
            samples.removeFirst();
        }
    }

    /** Hub minus box; empty when never measured. */
    public synchronized Optional<Duration> estimate() {
        return best().map(Sample::offset);
    }

    private Optional<Sample> best() {
        return samples.stream().min(Comparator.comparing(Sample::trip));
    }

    private static boolean contradicts(Sample a, Sample b) {
        Duration errors = a.trip().plus(b.trip()).dividedBy(2).plus(SLACK);
        return a.offset().minus(b.offset()).abs().compareTo(errors) > 0;
    }
}
