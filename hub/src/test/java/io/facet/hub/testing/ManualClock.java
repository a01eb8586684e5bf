package io.facet.hub.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that goes on when told to. Thread-safe. */
public final class ManualClock implements InstantSource {
    private final AtomicReference<Instant> now =
            new AtomicReference<>(InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS));

    @Override
    public Instant instant() {
        return now.updateAndGet(t -> t.plusMillis(1));
    }

    public void advance(Duration time) {
        now.updateAndGet(t -> t.plus(time));
    }
}
