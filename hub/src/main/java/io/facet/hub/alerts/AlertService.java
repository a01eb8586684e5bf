package io.facet.hub.alerts;

import io.facet.model.SiteScope;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Alerts for those who look at them. Thread-safe. */
public interface AlertService {
    /** Newest first; those of the hub itself are everybody's. */
    List<View> list(AlertStore.Filter filter, AlertStore.Slice slice);

    long count(AlertStore.Filter filter);

    Optional<View> find(UUID id, SiteScope sites);

    /** Somebody has seen it; empty when there is none. */
    Optional<View> acknowledge(UUID id, String by, SiteScope sites);

    /**
     * Tells nobody of this rule and subject until then; empty when there is no such alert.
     *
     * @param until in the future; empty ends the silence
     */
    Optional<View> silence(UUID id, Optional<Instant> until, String by, SiteScope sites);

    /** Every rule and how it stands. */
    List<RuleView> rules();

    /** An alert, and until when nobody is told of its like. */
    record View(Alert alert, Optional<Instant> silencedUntil) {}

    /** A rule and how it stands. */
    record RuleView(Rule rule, Standing standing) {}

    /** How a rule stands, over all its subjects. */
    enum Standing {
        OFF,
        NO_DATA,
        WELL,
        PENDING,
        FIRING;

        /** snake_case. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
