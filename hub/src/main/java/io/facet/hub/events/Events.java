package io.facet.hub.events;

import io.facet.hub.events.EventStore.Entry;
import io.facet.hub.watchlists.WatchlistId;
import io.facet.hub.watchlists.WatchlistMatches;
import io.facet.hub.watchlists.WatchlistRef;
import io.facet.model.CameraId;
import io.facet.model.EventId;
import io.facet.model.FaceEvent;
import io.facet.model.Jpeg;
import io.facet.model.PersonId;
import io.facet.model.SiteScope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The event service over a store. Thread-safe. */
public final class Events implements EventService {
    private final EventStore store;
    private final Names names;
    private final HubFeed feed;
    private final WatchlistMatches lists;
    private final EventObserver observer;
    private final InstantSource clock;

    public Events(
            EventStore store,
            Names names,
            HubFeed feed,
            WatchlistMatches lists,
            EventObserver observer,
            InstantSource clock) {
        this.store = store;
        this.names = names;
        this.feed = feed;
        this.lists = lists;
        this.observer = observer;
        this.clock = clock;
    }

    @Override
    public int ingest(List<ReceivedEvent> events) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<Entry> entries = events.stream().map(event -> entry(event, now)).toList();
        long start = System.nanoTime();
        Set<EventId> fresh = store.add(entries);
        observer.ingested(entries, fresh, Duration.ofNanos(System.nanoTime() - start));
        announce(entries, fresh);
        return fresh.size();
    }

    private Entry entry(ReceivedEvent received, Instant now) {
        FaceEvent event = received.event();
        Instant occurred = EventClock.occurredAt(event.header(), now);
        List<WatchlistId> matched =
                identity(event)
                        .map(who -> lists.matches(sighting(event.header(), who, occurred)))
                        .orElse(List.of())
                        .stream()
                        .map(WatchlistRef::id)
                        .toList();
        return new Entry(event, occurred, now, received.historical(), matched);
    }

    private static WatchlistMatches.Sighting sighting(
            FaceEvent.Header header, FaceEvent.Identity who, Instant at) {
        return new WatchlistMatches.Sighting(
                who.person(), header.camera(), header.site(), who.confidence(), at);
    }

    private void announce(List<Entry> entries, Set<EventId> fresh) {
        List<Entry> news =
                entries.stream().filter(e -> fresh.contains(e.event().header().id())).toList();
        if (news.isEmpty()) {
            return;
        }
        Announcement announcement = new Announcement(people(news), cameras(news), lists);
        news.forEach(entry -> announcement.of(entry).ifPresent(feed::publish));
    }

    @Override
    public EventPage page(EventQuery query) {
        List<EventStore.Row> rows = store.page(query);
        boolean more = rows.size() > query.limit();
        List<StoredEvent> events = named(more ? rows.subList(0, query.limit()) : rows);
        Optional<EventQuery.Cursor> next =
                more
                        ? Optional.of(
                                new EventQuery.Cursor(
                                        events.getLast().occurredAt(),
                                        events.getLast().event().header().id()))
                        : Optional.empty();
        return new EventPage(events, next);
    }

    @Override
    public Optional<StoredEvent> find(EventId id, SiteScope sites) {
        return store.find(id, sites).map(row -> named(List.of(row)).getFirst());
    }

    @Override
    public Optional<Jpeg> crop(EventId id, SiteScope sites) {
        return store.crop(id, sites);
    }

    private List<StoredEvent> named(List<EventStore.Row> rows) {
        List<Entry> entries = rows.stream().map(EventStore.Row::entry).toList();
        Map<PersonId, String> people = people(entries);
        Map<CameraId, String> cameras = cameras(entries);
        return rows.stream()
                .map(row ->
                        new StoredEvent(
                                row.entry().event(),
                                row.entry().occurredAt(),
                                row.entry().receivedAt(),
                                row.entry().historical(),
                                row.hasCrop(),
                                row.hasClip(),
                                Optional.ofNullable(
                                        cameras.get(row.entry().event().header().camera())),
                                identity(row.entry().event())
                                        .map(FaceEvent.Identity::person)
                                        .flatMap(id -> Optional.ofNullable(people.get(id))),
                                lists.named(row.entry().watchlists())))
                .toList();
    }

    private Map<PersonId, String> people(Collection<Entry> entries) {
        return names.people(
                entries.stream()
                        .flatMap(e -> identity(e.event()).stream())
                        .map(FaceEvent.Identity::person)
                        .collect(Collectors.toSet()));
    }

    private Map<CameraId, String> cameras(Collection<Entry> entries) {
        return names.cameras(
                entries.stream().map(e -> e.event().header().camera()).collect(Collectors.toSet()));
    }

    private static Optional<FaceEvent.Identity> identity(FaceEvent event) {
        return switch (event) {
            case FaceEvent.Recognised e -> Optional.of(e.identity());
            case FaceEvent.RecognitionUpdated e -> Optional.of(e.identity());
            case FaceEvent.RecognitionRetracted _,
                    FaceEvent.UnknownSeen _,
                    FaceEvent.CameraConnected _,
                    FaceEvent.CameraDisconnected _ ->
                    Optional.empty();
        };
    }
}
