package io.facet.hub.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** One step of an alert's states; see {@link Alert}. Stateless. */
final class Transition {
    private Transition() {}

    /**
     * The alert after a reading; empty for none. An alert that stays as it is is given back
     * unchanged.
     */
    static Optional<Alert> step(
            Optional<Alert> open, Rule rule, Reading reading, Instant now, Supplier<UUID> ids) {
        if (open.isEmpty()) {
            return rule.isWrong(reading.value())
                    ? Optional.of(
                            begin(Alert.pending(ids.get(), rule, reading, now), rule, reading, now))
                    : Optional.empty();
        }
        Alert alert = open.get();
        return switch (alert.state()) {
            case PENDING ->
                    rule.isWrong(reading.value())
                            ? Optional.of(begin(alert, rule, reading, now))
                            : Optional.empty();
            case FIRING -> Optional.of(firing(alert, rule, reading, now));
            case RESOLVED -> Optional.of(alert);
        };
    }

    private static Alert begin(Alert pending, Rule rule, Reading reading, Instant now) {
        return passed(pending.startedAt(), rule.lasting(), now)
                ? pending.firing(reading, rule, now)
                : pending;
    }

    private static Alert firing(Alert alert, Rule rule, Reading reading, Instant now) {
        if (!rule.isWell(reading.value())) {
            return alert.wellSince().isEmpty() ? alert : alert.wellSince(Optional.empty());
        }
        Alert well = alert.wellSince().isPresent() ? alert : alert.wellSince(Optional.of(now));
        return passed(well.wellSince().orElse(now), rule.resolveAfter(), now)
                ? well.resolved(reading.value(), now)
                : well;
    }

    private static boolean passed(Instant since, Duration time, Instant now) {
        return !now.isBefore(since.plus(time));
    }
}
