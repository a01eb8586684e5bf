package io.facet.hub.events;

import io.facet.hub.events.EventStore.Entry;
import io.facet.hub.events.HubEvent.Look;
import io.facet.hub.events.HubEvent.Origin;
import io.facet.hub.events.HubEvent.RecognitionDetails;
import io.facet.hub.watchlists.WatchlistMatches;
import io.facet.model.CameraId;
import io.facet.model.FaceEvent;
import io.facet.model.FaceEvent.Header;
import io.facet.model.FaceEvent.Identity;
import io.facet.model.FaceEvent.Sighting;
import io.facet.model.PersonId;
import io.facet.model.TrackId;
import java.util.Map;
import java.util.Optional;

/**
 * Stored events to what watchers hear. Camera events are left out: {@code cameras} tells of a
 * camera's state from what boxes report, once per change.
 */
record Announcement(
        Map<PersonId, String> people, Map<CameraId, String> cameras, WatchlistMatches lists) {
    /** Shown where a camera or person is gone by the time its event arrives. */
    private static final String GONE = "";

    Optional<HubEvent> of(Entry entry) {
        return switch (entry.event()) {
            case FaceEvent.Recognised e -> recognised(entry, e);
            case FaceEvent.RecognitionUpdated e -> updated(entry, e);
            case FaceEvent.RecognitionRetracted e -> Optional.of(retracted(entry, e));
            case FaceEvent.UnknownSeen e -> Optional.of(unknown(entry, e));
            case FaceEvent.CameraConnected _, FaceEvent.CameraDisconnected _ -> Optional.empty();
        };
    }

    /** Nobody hears of a person who was erased meanwhile. */
    private Optional<HubEvent> recognised(Entry entry, FaceEvent.Recognised e) {
        return name(e.identity())
                .map(name ->
                        new HubEvent.FaceRecognized(
                                e.identity().face(),
                                name,
                                e.header().camera(),
                                camera(e.header()),
                                e.identity().confidence(),
                                entry.occurredAt(),
                                details(entry, e.track(), e.identity(), e.sighting())));
    }

    private Optional<HubEvent> updated(Entry entry, FaceEvent.RecognitionUpdated e) {
        return name(e.identity())
                .map(name ->
                        new HubEvent.RecognitionUpdated(
                                e.identity().face(),
                                name,
                                e.header().camera(),
                                camera(e.header()),
                                e.identity().confidence(),
                                entry.occurredAt(),
                                details(entry, e.track(), e.identity(), e.sighting())));
    }

    private HubEvent retracted(Entry entry, FaceEvent.RecognitionRetracted e) {
        return new HubEvent.RecognitionRetracted(
                e.track(),
                e.header().camera(),
                camera(e.header()),
                e.reason(),
                entry.occurredAt(),
                origin(entry));
    }

    private HubEvent unknown(Entry entry, FaceEvent.UnknownSeen e) {
        return new HubEvent.UnknownSeen(
                e.track(),
                e.header().camera(),
                camera(e.header()),
                entry.occurredAt(),
                look(e.sighting()),
                origin(entry));
    }

    private RecognitionDetails details(
            Entry entry, TrackId track, Identity who, Sighting sighting) {
        return new RecognitionDetails(
                who.person(),
                track,
                who.similarity(),
                who.threshold(),
                look(sighting),
                origin(entry),
                lists.named(entry.watchlists()));
    }

    private static Look look(Sighting s) {
        return new Look(
                s.box(),
                s.frameWidth(),
                s.frameHeight(),
                s.quality(),
                s.liveness(),
                s.framesSeen(),
                s.crop() != null);
    }

    private static Origin origin(Entry entry) {
        Header header = entry.event().header();
        return new Origin(
                header.id(),
                header.site(),
                header.agent(),
                header.capturedAt(),
                entry.receivedAt(),
                header.simulated(),
                entry.historical());
    }

    private Optional<String> name(Identity who) {
        return Optional.ofNullable(people.get(who.person()));
    }

    private String camera(Header header) {
        return cameras.getOrDefault(header.camera(), GONE);
    }
}
