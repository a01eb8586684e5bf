package io.facet.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened at a camera. Made once at the edge, stored once at the hub. */
public sealed interface FaceEvent {
    Header header();

    /**
     * What every event says.
     *
     * @param capturedAt wall clock of the box when the frame arrived
     * @param bootId one per start of the agent
     * @param sequence the agent's outbox sequence, from 1 on, without holes, over all boots
     * @param monotonic the box's monotonic clock at capture; comparable within one boot only
     * @param clockOffset estimated hub clock minus box clock; null when never measured
     * @param simulated made by a person for a test; never raises a live alarm
     */
    record Header(
            EventId id,
            AgentId agent,
            SiteId site,
            CameraId camera,
            Instant capturedAt,
            UUID bootId,
            long sequence,
            Duration monotonic,
            @Nullable Duration clockOffset,
            boolean simulated) {}

    /** A track has been given a name; at most one per track. */
    record Recognised(Header header, TrackId track, Identity identity, Sighting sighting)
            implements FaceEvent {}

    /** A better look has changed who a recognised track is, or how sure that is. */
    record RecognitionUpdated(Header header, TrackId track, Identity identity, Sighting sighting)
            implements FaceEvent {}

    /** A recognised track turned out to be nobody known. */
    record RecognitionRetracted(Header header, TrackId track, String reason) implements FaceEvent {}

    /** A track ended, with a face good enough to match, and nobody known was near. */
    record UnknownSeen(Header header, TrackId track, Sighting sighting) implements FaceEvent {}

    /** The camera delivers pictures. */
    record CameraConnected(Header header) implements FaceEvent {}

    /** The camera stopped delivering pictures. */
    record CameraDisconnected(Header header, String reason) implements FaceEvent {}

    /**
     * Who it is, and how sure that is.
     *
     * @param confidence calibrated 0 to 1; 0.60 lies at FAR 0.1 %
     * @param similarity raw cosine, -1 to 1
     * @param threshold the confidence that was asked for
     */
    record Identity(
            PersonId person, FaceId face, float confidence, float similarity, float threshold) {}

    /**
     * The best look at the face.
     *
     * @param box in pixels of the frame
     * @param crop the face with a margin; sealed before it leaves the box; null when there is none
     * @param embedding null when the hub needs none
     * @param expressions probability per class, empty while switched off
     */
    record Sighting(
            Box box,
            int frameWidth,
            int frameHeight,
            float quality,
            Liveness liveness,
            List<ExpressionScore> expressions,
            @Nullable Jpeg crop,
            @Nullable Embedding embedding,
            int framesSeen) {
        public Sighting {
            expressions = List.copyOf(expressions);
        }
    }

    /** Probability of one class, 0 to 1. */
    record ExpressionScore(Expression expression, float probability) {}
}
