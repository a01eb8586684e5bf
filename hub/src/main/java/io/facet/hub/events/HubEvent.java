package io.facet.hub.events;

import io.facet.hub.watchlists.WatchlistRef;
import io.facet.model.AgentId;
import io.facet.model.Box;
import io.facet.model.CameraId;
import io.facet.model.EventId;
import io.facet.model.FaceId;
import io.facet.model.Liveness;
import io.facet.model.PersonId;
import io.facet.model.SiteId;
import io.facet.model.TrackId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What just happened, for live watchers. The first fields of each are those of the brief. */
public sealed interface HubEvent {
    /** The name of the brief, snake_case: {@code face_added}. */
    String type();

    /** The site it belongs to; empty for what concerns every site. */
    default Optional<SiteId> site() {
        return Optional.empty();
    }

    /** {@code face_added}: a face was enrolled. */
    record FaceAdded(
            FaceId faceId, String name, float qualityScore, Instant addedAt, PersonId personId)
            implements HubEvent {
        @Override
        public String type() {
            return "face_added";
        }
    }

    /** {@code face_deleted}: a face was deleted, or erased with its person. */
    record FaceDeleted(FaceId faceId, String name, Instant deletedAt, PersonId personId)
            implements HubEvent {
        @Override
        public String type() {
            return "face_deleted";
        }
    }

    /**
     * {@code face_recognized}: once per visit.
     *
     * @param timestamp when the camera saw it, by the hub's clock as well as that can be told
     */
    record FaceRecognized(
            FaceId faceId,
            String name,
            CameraId cameraId,
            String cameraName,
            float confidence,
            Instant timestamp,
            RecognitionDetails details)
            implements HubEvent {
        @Override
        public String type() {
            return "face_recognized";
        }

        @Override
        public Optional<SiteId> site() {
            return Optional.of(details.origin().siteId());
        }
    }

    /** {@code recognition_updated}: a better look at a visit that was recognised before. */
    record RecognitionUpdated(
            FaceId faceId,
            String name,
            CameraId cameraId,
            String cameraName,
            float confidence,
            Instant timestamp,
            RecognitionDetails details)
            implements HubEvent {
        @Override
        public String type() {
            return "recognition_updated";
        }

        @Override
        public Optional<SiteId> site() {
            return Optional.of(details.origin().siteId());
        }
    }

    /** {@code recognition_retracted}: a visit recognised before is of nobody known. */
    record RecognitionRetracted(
            TrackId trackId,
            CameraId cameraId,
            String cameraName,
            String reason,
            Instant timestamp,
            Origin origin)
            implements HubEvent {
        @Override
        public String type() {
            return "recognition_retracted";
        }

        @Override
        public Optional<SiteId> site() {
            return Optional.of(origin.siteId());
        }
    }

    /** {@code unknown_seen}: a visit of nobody known. */
    record UnknownSeen(
            TrackId trackId,
            CameraId cameraId,
            String cameraName,
            Instant timestamp,
            Look look,
            Origin origin)
            implements HubEvent {
        @Override
        public String type() {
            return "unknown_seen";
        }

        @Override
        public Optional<SiteId> site() {
            return Optional.of(origin.siteId());
        }
    }

    /** {@code camera_connected}: a camera delivers pictures. */
    record CameraConnected(
            CameraId cameraId, String cameraName, Instant timestamp, SiteId siteId, AgentId agentId)
            implements HubEvent {
        @Override
        public String type() {
            return "camera_connected";
        }

        @Override
        public Optional<SiteId> site() {
            return Optional.of(siteId);
        }
    }

    /** {@code camera_disconnected}: a camera stopped delivering pictures, or its box is away. */
    record CameraDisconnected(
            CameraId cameraId,
            String cameraName,
            Instant timestamp,
            String reason,
            SiteId siteId,
            AgentId agentId)
            implements HubEvent {
        @Override
        public String type() {
            return "camera_disconnected";
        }

        @Override
        public Optional<SiteId> site() {
            return Optional.of(siteId);
        }
    }

    /** {@code alert_raised}: something is wrong for long enough. */
    record AlertRaised(AlertDetails alert, Instant timestamp) implements HubEvent {
        @Override
        public String type() {
            return "alert_raised";
        }

        @Override
        public Optional<SiteId> site() {
            return alert.site();
        }
    }

    /** {@code alert_resolved}: it is well again. */
    record AlertResolved(AlertDetails alert, Instant timestamp) implements HubEvent {
        @Override
        public String type() {
            return "alert_resolved";
        }

        @Override
        public Optional<SiteId> site() {
            return alert.site();
        }
    }

    /** An event an administrator dispatched; {@code data} is plain JSON. */
    record Custom(String type, Map<String, Object> data, Instant timestamp) implements HubEvent {}

    /**
     * What an alert is about.
     *
     * @param rule the key of its rule in the section alerts of config.json
     * @param subject a camera's id, a box's, a queue's name, or {@code hub}
     * @param summary a sentence for people
     * @param site empty for what concerns every site
     */
    record AlertDetails(
            UUID alertId,
            String rule,
            String subject,
            String summary,
            String severity,
            double value,
            double threshold,
            Instant startedAt,
            Optional<SiteId> site) {}

    /** What a recognition says beyond the brief's fields; and the lists it matches. */
    record RecognitionDetails(
            PersonId personId,
            TrackId trackId,
            float similarity,
            float threshold,
            Look look,
            Origin origin,
            List<WatchlistRef> watchlists) {
        public RecognitionDetails {
            watchlists = List.copyOf(watchlists);
        }

        /** Of somebody on no watchlist. */
        public RecognitionDetails(
                PersonId personId,
                TrackId trackId,
                float similarity,
                float threshold,
                Look look,
                Origin origin) {
            this(personId, trackId, similarity, threshold, look, origin, List.of());
        }
    }

    /** The best look at the face; its crop is at the event service under the event's id. */
    record Look(
            Box box,
            int frameWidth,
            int frameHeight,
            float quality,
            Liveness liveness,
            int framesSeen,
            boolean hasCrop) {}

    /**
     * Where and when an edge event was made.
     *
     * @param capturedAt the box's own clock
     * @param simulated made by a person for a test
     * @param historical waited for a connection; raises no live alarm
     */
    record Origin(
            EventId eventId,
            SiteId siteId,
            AgentId agentId,
            Instant capturedAt,
            Instant receivedAt,
            boolean simulated,
            boolean historical) {}
}
