package io.facet.hub.alerts;

import io.facet.hub.alerts.Alert.State;
import io.facet.hub.events.HubEvent;
import io.facet.model.SiteScope;
import io.facet.model.Uuid7;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Evaluates rules and keeps alerts. What is told is told before it is noted as told: a hub killed
 * in between tells it twice rather than never. Thread-safe; evaluations are made one at a time.
 */
public final class Alerts implements AlertService {
    private final List<Rule> rules;
    private final Signals signals;
    private final AlertStore store;
    private final Predicate<Severity> mailed;
    private final Consumer<HubEvent> tell;
    private final Duration keep;
    private final Uuid7 ids;
    private final InstantSource clock;
    private final Map<Alert.Key, Alert> open = new HashMap<>();
    private Set<AlertKind> withData = Set.of();
    private boolean loaded;

    /**
     * Wires the service.
     *
     * @param mailed which alerts are mailed as well
     * @param tell hands an event to viewers and webhooks; when it returns, webhooks have it on disk
     * @param keep how long resolved alerts are kept
     */
    public Alerts(
            List<Rule> rules,
            Signals signals,
            AlertStore store,
            Predicate<Severity> mailed,
            Consumer<HubEvent> tell,
            Duration keep,
            Uuid7 ids,
            InstantSource clock) {
        this.rules = List.copyOf(rules);
        this.signals = signals;
        this.store = store;
        this.mailed = mailed;
        this.tell = tell;
        this.keep = keep;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Looks at every rule once.
     *
     * @throws io.facet.error.FacetException {@code UNAVAILABLE} while the database is away; what
     *     was not noted is looked at again next time
     */
    public synchronized void evaluate() {
        Instant now = now();
        if (!loaded) {
            store.open().forEach(alert -> open.put(alert.key(), alert));
            loaded = true;
        }
        Map<AlertKind, List<Reading>> readings = signals.read();
        withData = Set.copyOf(readings.keySet());
        Map<Alert.Key, Instant> silences = store.silences(now);
        for (Rule rule : rules) {
            if (rule.enabled() && readings.containsKey(rule.kind())) {
                evaluate(rule, readings.getOrDefault(rule.kind(), List.of()), silences, now);
            }
        }
        resolveOfNoRule(now);
        store.forget(now.minus(keep));
    }

    private void evaluate(
            Rule rule, List<Reading> readings, Map<Alert.Key, Instant> silences, Instant now) {
        Set<Alert.Key> seen = new HashSet<>();
        for (Reading reading : readings) {
            Alert.Key key = new Alert.Key(rule.kind(), reading.subject());
            seen.add(key);
            Optional<Alert> before = Optional.ofNullable(open.get(key));
            Optional<Alert> after = Transition.step(before, rule, reading, now, ids::next);
            become(key, before, after, silences.containsKey(key));
        }
        for (Alert gone : List.copyOf(open.values())) {
            if (gone.kind() == rule.kind() && !seen.contains(gone.key())) {
                end(gone, now);
            }
        }
    }

    /** A rule that was switched off leaves no alert behind. */
    private void resolveOfNoRule(Instant now) {
        Set<AlertKind> enabled = new HashSet<>();
        rules.stream().filter(Rule::enabled).map(Rule::kind).forEach(enabled::add);
        List.copyOf(open.values()).stream()
                .filter(alert -> !enabled.contains(alert.kind()))
                .forEach(alert -> end(alert, now));
    }

    private void end(Alert alert, Instant now) {
        Optional<Alert> after =
                alert.state() == State.FIRING
                        ? Optional.of(alert.resolved(alert.value(), now))
                        : Optional.empty();
        become(alert.key(), Optional.of(alert), after, false);
    }

    private void become(
            Alert.Key key, Optional<Alert> before, Optional<Alert> after, boolean silent) {
        if (after.isEmpty()) {
            if (before.isPresent()) {
                store.remove(before.get().id());
                open.remove(key);
            }
            return;
        }
        Alert alert = after.get();
        boolean raise = alert.state() == State.FIRING && !alert.notified() && !silent;
        boolean resolve = alert.state() == State.RESOLVED && alert.notified();
        if (raise) {
            tell.accept(new HubEvent.AlertRaised(details(alert), now()));
            alert = alert.told();
        } else if (resolve) {
            tell.accept(new HubEvent.AlertResolved(details(alert), now()));
        }
        if (before.filter(alert::equals).isEmpty()) {
            store.save(alert, (raise || resolve) && mailed.test(alert.severity()));
        }
        if (alert.state() == State.RESOLVED) {
            open.remove(key);
        } else {
            open.put(key, alert);
        }
    }

    private static HubEvent.AlertDetails details(Alert alert) {
        return new HubEvent.AlertDetails(
                alert.id(),
                alert.kind().wireName(),
                alert.subject(),
                alert.summary(),
                alert.severity().wireName(),
                alert.value(),
                alert.threshold(),
                alert.startedAt(),
                alert.site());
    }

    @Override
    public List<View> list(AlertStore.Filter filter, AlertStore.Slice slice) {
        Map<Alert.Key, Instant> silences = store.silences(now());
        return store.list(filter, slice).stream().map(alert -> view(alert, silences)).toList();
    }

    @Override
    public long count(AlertStore.Filter filter) {
        return store.count(filter);
    }

    @Override
    public Optional<View> find(UUID id, SiteScope sites) {
        return store.find(id)
                .filter(alert -> permits(sites, alert))
                .map(alert -> view(alert, store.silences(now())));
    }

    private static boolean permits(SiteScope sites, Alert alert) {
        return alert.site().map(sites::permits).orElse(true);
    }

    private static View view(Alert alert, Map<Alert.Key, Instant> silences) {
        return new View(alert, Optional.ofNullable(silences.get(alert.key())));
    }

    @Override
    public synchronized Optional<View> acknowledge(UUID id, String by, SiteScope sites) {
        if (find(id, sites).isEmpty()) {
            return Optional.empty();
        }
        Alert.Acknowledgement seen = new Alert.Acknowledgement(by, now());
        store.acknowledge(id, seen);
        // The next evaluation must not write over it with what it remembers.
        open.replaceAll((_, alert) -> alert.id().equals(id) ? alert.acknowledged(seen) : alert);
        return find(id, sites);
    }

    @Override
    public Optional<View> silence(UUID id, Optional<Instant> until, String by, SiteScope sites) {
        Optional<View> found = find(id, sites);
        if (found.isEmpty()) {
            return found;
        }
        Alert alert = found.get().alert();
        if (until.isPresent()) {
            if (!until.get().isAfter(clock.instant())) {
                throw new IllegalArgumentException("until is in the past");
            }
            store.silence(alert.kind(), alert.subject(), until.get(), by);
        } else {
            store.unsilence(alert.kind(), alert.subject());
        }
        return find(id, sites);
    }

    @Override
    public synchronized List<RuleView> rules() {
        return rules.stream().map(rule -> new RuleView(rule, standing(rule))).toList();
    }

    private Standing standing(Rule rule) {
        if (!rule.enabled()) {
            return Standing.OFF;
        }
        if (!withData.contains(rule.kind())) {
            return Standing.NO_DATA;
        }
        return open.values().stream()
                .filter(alert -> alert.kind() == rule.kind())
                .map(alert -> alert.state() == State.FIRING ? Standing.FIRING : Standing.PENDING)
                .max(Standing::compareTo)
                .orElse(Standing.WELL);
    }

    /** Open alerts by severity and state, for a gauge. */
    public synchronized List<Alert> present() {
        return List.copyOf(open.values());
    }

    /** Microseconds, as stored. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
