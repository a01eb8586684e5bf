package io.facet.hub.ingest;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.facet.crypto.Sealing;
import io.facet.model.AgentId;
import io.facet.model.Box;
import io.facet.model.CameraId;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.EventId;
import io.facet.model.Expression;
import io.facet.model.FaceEvent;
import io.facet.model.FaceEvent.Header;
import io.facet.model.FaceEvent.Identity;
import io.facet.model.FaceEvent.Sighting;
import io.facet.model.FaceId;
import io.facet.model.Jpeg;
import io.facet.model.Liveness;
import io.facet.model.PersonId;
import io.facet.model.SiteId;
import io.facet.model.TrackId;
import io.facet.wire.EventCodec;
import io.facet.wire.EvidenceSeal;
import io.facet.wire.WireIds;
import io.facet.wire.v1.AgentState;
import io.facet.wire.v1.CameraCounts;
import io.facet.wire.v1.Event;
import io.facet.wire.v1.EventBatch;
import io.facet.wire.v1.ExpressionScore;
import io.facet.wire.v1.ReportedCamera;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a box of this release says, by the name of its recording; and what one of the next may say,
 * with fields, kinds and words that this hub has never heard of.
 */
final class TodaysEnvelopes {
    private static final AgentId BOX = new AgentId("box-1");
    private static final Instant AT = Instant.parse("2026-01-31T12:00:00Z");
    private static final EmbeddingSpace SPACE = new EmbeddingSpace("00112233445566ff", 4);

    private final Sealing hub;

    /** Sealed to the key of the recordings. */
    TodaysEnvelopes(byte[] hubKey) {
        this.hub = Sealing.salted(hubKey);
    }

    /** Of this release. */
    Map<String, byte[]> today() {
        Map<String, byte[]> recordings = new LinkedHashMap<>();
        recordings.put("events", batch(1, events()).toByteArray());
        recordings.put("state", state().build().toByteArray());
        recordings.put(
                "state-will",
                AgentState.newBuilder()
                        .setOnline(false)
                        .setBootId(WireIds.bytes(new UUID(2, 1)))
                        .setVersion("0.1.0")
                        .setAtUs(1)
                        .build()
                        .toByteArray());
        return recordings;
    }

    /** Of a release that is not made yet. */
    Map<String, byte[]> next() {
        Map<String, byte[]> recordings = new LinkedHashMap<>();
        List<Event> events = events();
        recordings.put(
                "events-added-fields",
                batch(1, events.stream().map(TodaysEnvelopes::added).toList()).toBuilder()
                        .setUnknownFields(more())
                        .build()
                        .toByteArray());
        recordings.put(
                "events-new-words", batch(1, List.of(newWords(events.getFirst()))).toByteArray());
        Event unknownKind = events.get(1).toBuilder().clearBody().setUnknownFields(more()).build();
        recordings.put(
                "events-unknown-kind",
                batch(1, List.of(events.getFirst(), unknownKind, events.get(2))).toByteArray());
        recordings.put(
                "events-unknown-kind-in-a-newer-envelope",
                batch(2, List.of(events.getFirst(), unknownKind)).toByteArray());
        recordings.put(
                "state-added-fields",
                state().setUnknownFields(more())
                        .addCameras(
                                ReportedCamera.newBuilder()
                                        .setCameraId(WireIds.bytes(new UUID(1, 3)))
                                        .setState("thawing"))
                        .build()
                        .toByteArray());
        return recordings;
    }

    private static EventBatch batch(int version, List<Event> events) {
        return EventBatch.newBuilder()
                .setVersion(version)
                .setAgentId(BOX.value())
                .setBatchId(WireIds.bytes(new UUID(3, 1)))
                .setSentAtUs(1_769_860_800_000_000L)
                .addAllEvents(events)
                .setSpoolDepth(4)
                .build();
    }

    /** One of each kind; the last had to wait. */
    private List<Event> events() {
        TrackId track = new TrackId(new UUID(4, 1));
        Identity identity =
                new Identity(
                        new PersonId(new UUID(5, 1)), new FaceId(new UUID(6, 1)), 0.9f, 0.7f, 0.6f);
        return List.of(
                wire(new FaceEvent.Recognised(header(1), track, identity, sighting())),
                wire(new FaceEvent.RecognitionUpdated(header(2), track, identity, sighting())),
                wire(new FaceEvent.RecognitionRetracted(header(3), track, "another was likelier")),
                wire(new FaceEvent.UnknownSeen(header(4), track, withoutEvidence())),
                wire(new FaceEvent.CameraConnected(header(5))),
                wire(new FaceEvent.CameraDisconnected(header(6), "no answer")).toBuilder()
                        .setHistorical(true)
                        .build());
    }

    private Event wire(FaceEvent event) {
        return EventCodec.encode(event, EvidenceSeal.to(hub));
    }

    private static Header header(long sequence) {
        return new Header(
                new EventId(new UUID(0x019b_0000_0000_7000L, sequence)),
                BOX,
                SiteId.DEFAULT,
                new CameraId(new UUID(1, 2)),
                AT.plusSeconds(sequence),
                new UUID(2, 1),
                sequence,
                Duration.ofSeconds(100 + sequence),
                Duration.ofMillis(-250),
                false);
    }

    private static Sighting sighting() {
        return new Sighting(
                new Box(1, 2, 30, 40),
                640,
                480,
                0.8f,
                new Liveness.Performed(Liveness.Verdict.SPOOF, 0.2f, List.of("flat_picture")),
                List.of(new FaceEvent.ExpressionScore(Expression.NEUTRAL, 0.5f)),
                new Jpeg("no picture, but as many bytes".getBytes(StandardCharsets.US_ASCII)),
                Embedding.normalised(SPACE, new float[] {1, 2, 3, 4}),
                7);
    }

    private static Sighting withoutEvidence() {
        return new Sighting(
                new Box(1, 2, 30, 40),
                640,
                480,
                0.8f,
                new Liveness.NotPerformed(List.of("model_missing")),
                List.of(),
                null,
                null,
                1);
    }

    private static AgentState.Builder state() {
        return AgentState.newBuilder()
                .setOnline(true)
                .setBootId(WireIds.bytes(new UUID(2, 1)))
                .setVersion("0.1.0")
                .setSpaceId(SPACE.id())
                .setReady(true)
                .setAtUs(1_769_860_800_000_000L)
                .setGalleryRevision(17)
                .setGalleryDigest(ByteString.copyFrom(new byte[32]))
                .setGallerySize(3)
                .setSpoolDepth(4)
                .setDroppedEvents(5)
                .setNumber(6)
                .setLoad(0.5f)
                .setTemperatureC(51.5f)
                .addCameras(
                        ReportedCamera.newBuilder()
                                .setCameraId(WireIds.bytes(new UUID(1, 2)))
                                .setState("streaming")
                                .setWidth(640)
                                .setHeight(480)
                                .setFramesPerSecond(15)
                                .setSinceUs(1_769_860_700_000_000L)
                                .setRulesRevision(8)
                                .setCounts(
                                        CameraCounts.newBuilder()
                                                .setFramesRead(20)
                                                .setFramesAnalysed(7)
                                                .putQualityFailures("sharpness", 2)));
    }

    private static Event added(Event event) {
        Event.Builder more = event.toBuilder().setUnknownFields(more());
        if (more.hasRecognised()) {
            more.getRecognisedBuilder().setUnknownFields(more());
            more.getRecognisedBuilder().getSightingBuilder().setUnknownFields(more());
            more.getRecognisedBuilder()
                    .getSightingBuilder()
                    .getLivenessBuilder()
                    .setUnknownFields(more());
        }
        return more.build();
    }

    private static Event newWords(Event event) {
        Event.Builder more = event.toBuilder();
        more.getRecognisedBuilder()
                .getSightingBuilder()
                .addExpressions(
                        ExpressionScore.newBuilder().setName("boredom").setProbability(0.4f))
                .getLivenessBuilder()
                .setVerdict("asleep")
                .addReasons("closed_eyes");
        return more.build();
    }

    /** A field of each wire type, with numbers nobody uses. */
    private static UnknownFieldSet more() {
        return UnknownFieldSet.newBuilder()
                .addField(
                        9_998,
                        UnknownFieldSet.Field.newBuilder()
                                .addVarint(7)
                                .addFixed32(8)
                                .addFixed64(9)
                                .build())
                .addField(
                        9_999,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("of tomorrow"))
                                .build())
                .build();
    }
}
