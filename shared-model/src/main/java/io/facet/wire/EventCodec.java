package io.facet.wire;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.AgentId;
import io.facet.model.CameraId;
import io.facet.model.EventId;
import io.facet.model.FaceEvent;
import io.facet.model.FaceEvent.Header;
import io.facet.model.FaceEvent.Identity;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import io.facet.model.SiteId;
import io.facet.model.TrackId;
import io.facet.wire.v1.CameraConnected;
import io.facet.wire.v1.CameraDisconnected;
import io.facet.wire.v1.Event;
import io.facet.wire.v1.Recognition;
import io.facet.wire.v1.Retraction;
import io.facet.wire.v1.Unknown;
import java.time.Duration;

/**
 * Events and their wire form. What a decoded event says is checked: ids, ranges, lengths. Whether
 * an event is historical is decided when it is sent and is read off the envelope. Stateless.
 */
public final class EventCodec {
    /** Longest reason taken, in characters; longer ones are cut when written. */
    public static final int MAX_REASON = 500;

    private EventCodec() {}

    /** The wire form, its evidence sealed by {@code seal}. */
    public static Event encode(FaceEvent event, EvidenceSeal seal) {
        Event.Builder wire = header(event.header());
        EventId id = event.header().id();
        return switch (event) {
            case FaceEvent.Recognised e ->
                    wire.setRecognised(
                                    recognition(e.track(), e.identity())
                                            .setSighting(
                                                    SightingCodec.encode(id, e.sighting(), seal)))
                            .build();
            case FaceEvent.RecognitionUpdated e ->
                    wire.setUpdated(
                                    recognition(e.track(), e.identity())
                                            .setSighting(
                                                    SightingCodec.encode(id, e.sighting(), seal)))
                            .build();
            case FaceEvent.RecognitionRetracted e ->
                    wire.setRetracted(
                                    Retraction.newBuilder()
                                            .setTrackId(WireIds.bytes(e.track().value()))
                                            .setReason(cut(e.reason())))
                            .build();
            case FaceEvent.UnknownSeen e ->
                    wire.setUnknown(
                                    Unknown.newBuilder()
                                            .setTrackId(WireIds.bytes(e.track().value()))
                                            .setSighting(
                                                    SightingCodec.encode(id, e.sighting(), seal)))
                            .build();
            case FaceEvent.CameraConnected _ ->
                    wire.setCameraConnected(CameraConnected.getDefaultInstance()).build();
            case FaceEvent.CameraDisconnected e ->
                    wire.setCameraDisconnected(
                                    CameraDisconnected.newBuilder().setReason(cut(e.reason())))
                            .build();
        };
    }

    /**
     * The event.
     *
     * @param agent who sent it, by the topic and its credential, not by what the message says
     * @throws FacetException {@code INVALID_ARGUMENT} when it is none, or of a kind this version
     *     does not know; and what {@code open} throws
     */
    public static FaceEvent decode(AgentId agent, Event wire, EvidenceOpen open) {
        try {
            return body(header(agent, wire), wire, open);
        } catch (IllegalArgumentException outOfRange) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "event " + wire.getSequence() + " is malformed: " + outOfRange.getMessage(),
                    outOfRange);
        }
    }

    private static FaceEvent body(Header header, Event wire, EvidenceOpen open) {
        return switch (wire.getBodyCase()) {
            case RECOGNISED -> {
                Recognition r = wire.getRecognised();
                yield new FaceEvent.Recognised(
                        header,
                        track(r.getTrackId()),
                        identity(r),
                        SightingCodec.decode(header.id(), r.getSighting(), open));
            }
            case UPDATED -> {
                Recognition r = wire.getUpdated();
                yield new FaceEvent.RecognitionUpdated(
                        header,
                        track(r.getTrackId()),
                        identity(r),
                        SightingCodec.decode(header.id(), r.getSighting(), open));
            }
            case RETRACTED ->
                    new FaceEvent.RecognitionRetracted(
                            header,
                            track(wire.getRetracted().getTrackId()),
                            reason(wire.getRetracted().getReason()));
            case UNKNOWN ->
                    new FaceEvent.UnknownSeen(
                            header,
                            track(wire.getUnknown().getTrackId()),
                            SightingCodec.decode(
                                    header.id(), wire.getUnknown().getSighting(), open));
            case CAMERA_CONNECTED -> new FaceEvent.CameraConnected(header);
            case CAMERA_DISCONNECTED ->
                    new FaceEvent.CameraDisconnected(
                            header, reason(wire.getCameraDisconnected().getReason()));
            case BODY_NOT_SET ->
                    throw new IllegalArgumentException(
                            "its kind is unknown here; update the hub before its agents");
        };
    }

    private static Event.Builder header(Header header) {
        Event.Builder wire =
                Event.newBuilder()
                        .setEventId(WireIds.bytes(header.id().value()))
                        .setSequence(header.sequence())
                        .setSiteId(header.site().value())
                        .setCameraId(WireIds.bytes(header.camera().value()))
                        .setCapturedAtUs(WireTimes.micros(header.capturedAt()))
                        .setBootId(WireIds.bytes(header.bootId()))
                        .setMonotonicUs(WireTimes.micros(header.monotonic()))
                        .setSimulated(header.simulated());
        Duration offset = header.clockOffset();
        if (offset != null) {
            wire.setClockOffsetUs(WireTimes.micros(offset));
        }
        return wire;
    }

    private static Header header(AgentId agent, Event wire) {
        if (wire.getSequence() < 1) {
            throw new IllegalArgumentException("a sequence begins at 1");
        }
        return new Header(
                new EventId(WireIds.uuid("event_id", wire.getEventId())),
                agent,
                new SiteId(wire.getSiteId()),
                new CameraId(WireIds.uuid("camera_id", wire.getCameraId())),
                WireTimes.instant(wire.getCapturedAtUs()),
                WireIds.uuid("boot_id", wire.getBootId()),
                wire.getSequence(),
                WireTimes.duration(wire.getMonotonicUs()),
                wire.hasClockOffsetUs() ? WireTimes.duration(wire.getClockOffsetUs()) : null,
                wire.getSimulated());
    }

    private static Recognition.Builder recognition(TrackId track, Identity identity) {
        return Recognition.newBuilder()
                .setTrackId(WireIds.bytes(track.value()))
                .setPersonId(WireIds.bytes(identity.person().value()))
                .setFaceId(WireIds.bytes(identity.face().value()))
                .setConfidence(identity.confidence())
                .setSimilarity(identity.similarity())
                .setThreshold(identity.threshold());
    }

    private static Identity identity(Recognition wire) {
        return new Identity(
                new PersonId(WireIds.uuid("person_id", wire.getPersonId())),
                new FaceId(WireIds.uuid("face_id", wire.getFaceId())),
                Ranges.check("confidence", wire.getConfidence(), 0, 1),
                Ranges.check("similarity", wire.getSimilarity(), -1, 1),
                Ranges.check("threshold", wire.getThreshold(), 0, 1));
    }

    private static TrackId track(com.google.protobuf.ByteString bytes) {
        return new TrackId(WireIds.uuid("track_id", bytes));
    }

    private static String reason(String text) {
        if (text.length() > MAX_REASON) {
            throw new IllegalArgumentException(
                    "a reason has at most " + MAX_REASON + " characters");
        }
        return text;
    }

    private static String cut(String text) {
        return text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON);
    }
}
