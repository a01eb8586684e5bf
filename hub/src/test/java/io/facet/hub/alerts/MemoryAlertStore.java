package io.facet.hub.alerts;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Alerts in memory. */
final class MemoryAlertStore implements AlertStore {
    private static final Comparator<Alert> NEWEST_FIRST =
            Comparator.comparing(Alert::startedAt).thenComparing(Alert::id).reversed();

    final Map<UUID, Alert> alerts = new LinkedHashMap<>();
    boolean broken;

    private final Map<Alert.Key, Instant> silences = new HashMap<>();
    private final Map<UUID, Instant> mails = new LinkedHashMap<>();
    private final Map<UUID, Integer> attempts = new HashMap<>();

    @Override
    public List<Alert> open() {
        return alerts.values().stream().filter(a -> a.state() != Alert.State.RESOLVED).toList();
    }

    @Override
    public void save(Alert alert, boolean mail) {
        if (broken) {
            throw new IllegalStateException("the store is away");
        }
        alerts.put(alert.id(), alert);
        if (mail) {
            mails.put(alert.id(), alert.startedAt());
            attempts.put(alert.id(), 0);
        }
    }

    @Override
    public void remove(UUID id) {
        alerts.remove(id);
    }

    @Override
    public List<Alert> list(Filter filter, Slice slice) {
        return matching(filter)
                .sorted(NEWEST_FIRST)
                .filter(a -> slice.after().map(p -> isAfter(p, a)).orElse(true))
                .skip(slice.offset())
                .limit(slice.limit())
                .toList();
    }

    private static boolean isAfter(Place place, Alert alert) {
        int time = alert.startedAt().compareTo(place.startedAt());
        return time < 0 || (time == 0 && alert.id().compareTo(place.id()) < 0);
    }

    @Override
    public long count(Filter filter) {
        return matching(filter).count();
    }

    private Stream<Alert> matching(Filter filter) {
        return alerts.values().stream()
                .filter(a -> filter.state().map(s -> a.state() == s).orElse(true))
                .filter(a -> filter.kind().map(k -> a.kind() == k).orElse(true))
                .filter(a -> a.site().map(filter.sites()::permits).orElse(true));
    }

    @Override
    public Optional<Alert> find(UUID id) {
        return Optional.ofNullable(alerts.get(id));
    }

    @Override
    public boolean acknowledge(UUID id, Alert.Acknowledgement seen) {
        return alerts.computeIfPresent(id, (_, alert) -> alert.acknowledged(seen)) != null;
    }

    @Override
    public Map<Alert.Key, Instant> silences(Instant now) {
        silences.values().removeIf(until -> !until.isAfter(now));
        return Map.copyOf(silences);
    }

    @Override
    public void silence(AlertKind kind, String subject, Instant until, String by) {
        silences.put(new Alert.Key(kind, subject), until);
    }

    @Override
    public void unsilence(AlertKind kind, String subject) {
        silences.remove(new Alert.Key(kind, subject));
    }

    @Override
    public void forget(Instant resolvedBefore) {
        alerts.values()
                .removeIf(
                        a -> a.resolvedAt().filter(at -> at.isBefore(resolvedBefore)).isPresent());
    }

    @Override
    public List<Mail> mailDue(Instant now, int limit) {
        return mails.entrySet().stream()
                .filter(mail -> !mail.getValue().isAfter(now))
                .limit(limit)
                .flatMap(mail ->
                        find(mail.getKey()).stream()
                                .map(a -> new Mail(a, attempts.getOrDefault(a.id(), 0))))
                .toList();
    }

    @Override
    public void mailSent(UUID alert) {
        mails.remove(alert);
    }

    @Override
    public void mailFailed(UUID alert, Optional<Instant> next) {
        attempts.merge(alert, 1, Integer::sum);
        mails.remove(alert);
        next.ifPresent(at -> mails.put(alert, at));
    }
}
