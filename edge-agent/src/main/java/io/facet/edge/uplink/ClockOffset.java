package io.facet.edge.uplink;

import io.facet.edge.outbox.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Estimates hub clock minus box clock from acknowledgements, as NTP does (RFC 5905, 8): of the last
 * eight samples the one with the shortest round trip counts, as its error is at most half of that.
 * What is kept is the hub's clock against the box's monotonic one, so that a box whose wall clock
 * is set, with the hub or without, goes on knowing the hub's time. A sample that contradicts the
 * estimate by more than both errors means that the hub's clock was set, or that the box slept; the
 * older samples go. Thread-safe.
 */
public final class ClockOffset {
    private static final int SAMPLES = 8;
    private static final Duration LONGEST_TRIP = Duration.ofSeconds(2);
    private static final Duration SLACK = Duration.ofMillis(500);

    private final LongSupplier nanos;
    private final Deque<Sample> samples = new ArrayDeque<>();

    /** Hub time, since 1970, when the monotonic clock was at zero; and how long asking took. */
    private record Sample(Duration hubAtZero, Duration trip) {}

    /** By the monotonic clock that moments are of. */
    public ClockOffset(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Takes a sample that just returned; one that travelled too long, or backwards, says nothing.
     */
    public synchronized void sample(Instant sent, Instant receivedAtHub, Instant returned) {
        Duration trip = Duration.between(sent, returned);
        if (trip.isNegative() || trip.compareTo(LONGEST_TRIP) > 0) {
            return;
        }
        Duration hubNow = Duration.between(Instant.EPOCH, receivedAtHub).plus(trip.dividedBy(2));
        Sample fresh = new Sample(hubNow.minusNanos(nanos.getAsLong()), trip);
        if (best().filter(best -> contradicts(best, fresh)).isPresent()) {
            samples.clear();
        }
        samples.addLast(fresh);
        if (samples.size() > SAMPLES) {
            samples.removeFirst();
        }
    }

    /** Hub minus box, by the wall clock a moment was read from; empty when never measured. */
    public synchronized Optional<Duration> at(Moment moment) {
        return best().map(best ->
                best.hubAtZero()
                        .plus(moment.monotonic())
                        .minus(Duration.between(Instant.EPOCH, moment.capturedAt())));
    }

    private Optional<Sample> best() {
        return samples.stream().min(Comparator.comparing(Sample::trip));
    }

    private static boolean contradicts(Sample a, Sample b) {
        Duration errors = a.trip().plus(b.trip()).dividedBy(2).plus(SLACK);
        return a.hubAtZero().minus(b.hubAtZero()).abs().compareTo(errors) > 0;
    }
}
