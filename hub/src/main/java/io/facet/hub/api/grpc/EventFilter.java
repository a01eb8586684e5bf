package io.facet.hub.api.grpc;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.events.HubEvent;
import io.facet.hub.security.Principal;
import io.facet.hub.services.EventPermissions;
import io.facet.hub.watchlists.WatchlistId;
import io.facet.hub.watchlists.WatchlistRef;
import io.facet.model.CameraId;
import io.facet.model.PersonId;
import io.facet.wire.rpc.v1.WatchEventsRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which events a watcher wants and may see.
 *
 * @param types empty means all
 * @param camera only events of this camera
 * @param person only events of this person
 * @param watchlists only events that matched one of these; empty means all
 */
record EventFilter(
        Set<String> types,
        Optional<CameraId> camera,
        Optional<PersonId> person,
        Set<WatchlistId> watchlists,
        Principal watcher) {
    private static final int MOST_TYPES = 64;
    private static final int MOST_WATCHLISTS = 32;

    static EventFilter of(WatchEventsRequest request, Principal watcher) {
        if (request.getEventTypesCount() > MOST_TYPES
                || request.getEventTypesList().stream().anyMatch(t -> !t.matches("[a-z_]{1,64}"))) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "event_types are at most " + MOST_TYPES + " names such as face_recognized");
        }
        if (request.getWatchlistIdCount() > MOST_WATCHLISTS) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "watchlist_id is at most " + MOST_WATCHLISTS + " ids");
        }
        return new EventFilter(
                Set.copyOf(request.getEventTypesList()),
                text(request.getCameraId()).map(CameraId::parse),
                text(request.getPersonId()).map(PersonId::parse),
                request.getWatchlistIdList().stream()
                        .map(WatchlistId::parse)
                        .collect(Collectors.toSet()),
                watcher);
    }

    private static Optional<String> text(String text) {
        return Optional.of(text).filter(t -> !t.isEmpty());
    }

    boolean wants(HubEvent event) {
        return EventPermissions.permits(watcher, event)
                && (types.isEmpty() || types.contains(event.type()))
                && (camera.isEmpty() || camera.equals(cameraOf(event)))
                && (person.isEmpty() || person.equals(personOf(event)))
                && (watchlists.isEmpty()
                        || watchlistsOf(event).stream()
                                .map(WatchlistRef::id)
                                .anyMatch(watchlists::contains));
    }

    private static Optional<CameraId> cameraOf(HubEvent event) {
        return switch (event) {
            case HubEvent.FaceRecognized e -> Optional.of(e.cameraId());
            case HubEvent.RecognitionUpdated e -> Optional.of(e.cameraId());
            case HubEvent.RecognitionRetracted e -> Optional.of(e.cameraId());
            case HubEvent.UnknownSeen e -> Optional.of(e.cameraId());
            case HubEvent.CameraConnected e -> Optional.of(e.cameraId());
            case HubEvent.CameraDisconnected e -> Optional.of(e.cameraId());
            case HubEvent.FaceAdded _,
                    HubEvent.FaceDeleted _,
                    HubEvent.AlertRaised _,
                    HubEvent.AlertResolved _,
                    HubEvent.Custom _ ->
                    Optional.empty();
        };
    }

    private static Optional<PersonId> personOf(HubEvent event) {
        return switch (event) {
            case HubEvent.FaceAdded e -> Optional.of(e.personId());
            case HubEvent.FaceDeleted e -> Optional.of(e.personId());
            case HubEvent.FaceRecognized e -> Optional.of(e.details().personId());
            case HubEvent.RecognitionUpdated e -> Optional.of(e.details().personId());
            case HubEvent.RecognitionRetracted _,
                    HubEvent.UnknownSeen _,
                    HubEvent.CameraConnected _,
                    HubEvent.CameraDisconnected _,
                    HubEvent.AlertRaised _,
                    HubEvent.AlertResolved _,
                    HubEvent.Custom _ ->
                    Optional.empty();
        };
    }

    private static List<WatchlistRef> watchlistsOf(HubEvent event) {
        return switch (event) {
            case HubEvent.FaceRecognized e -> e.details().watchlists();
            case HubEvent.RecognitionUpdated e -> e.details().watchlists();
            case HubEvent.FaceAdded _,
                    HubEvent.FaceDeleted _,
                    HubEvent.RecognitionRetracted _,
                    HubEvent.UnknownSeen _,
                    HubEvent.CameraConnected _,
                    HubEvent.CameraDisconnected _,
                    HubEvent.AlertRaised _,
                    HubEvent.AlertResolved _,
                    HubEvent.Custom _ ->
                    List.of();
        };
    }
}
