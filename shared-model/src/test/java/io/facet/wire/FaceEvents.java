package io.facet.wire;

import io.facet.model.AgentId;
import io.facet.model.Box;
import io.facet.model.CameraId;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.EventId;
import io.facet.model.Expression;
import io.facet.model.FaceEvent;
import io.facet.model.FaceEvent.ExpressionScore;
import io.facet.model.FaceEvent.Header;
import io.facet.model.FaceEvent.Identity;
import io.facet.model.FaceEvent.Sighting;
import io.facet.model.FaceId;
import io.facet.model.Jpeg;
import io.facet.model.Liveness;
import io.facet.model.PersonId;
import io.facet.model.SiteId;
import io.facet.model.TrackId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Every event there can be, of agent-1, for property tests. */
public final class FaceEvents extends DomainContextBase {
    private static final EmbeddingSpace SPACE = new EmbeddingSpace("00112233445566ff", 8);

    /** All kinds alike. */
    @Provide
    public Arbitrary<FaceEvent> events() {
        Arbitrary<TrackId> track = uuids().map(TrackId::new);
        return Arbitraries.oneOf(
                List.of(
                        Combinators.combine(headers(), track, identities(), sightings())
                                .as(FaceEvent.Recognised::new),
                        Combinators.combine(headers(), track, identities(), sightings())
                                .as(FaceEvent.RecognitionUpdated::new),
                        Combinators.combine(headers(), track, reasons())
                                .as(FaceEvent.RecognitionRetracted::new),
                        Combinators.combine(headers(), track, sightings())
                                .as(FaceEvent.UnknownSeen::new),
                        headers().map(FaceEvent.CameraConnected::new),
                        Combinators.combine(headers(), reasons())
                                .as(FaceEvent.CameraDisconnected::new)));
    }

    private static Arbitrary<Header> headers() {
        Arbitrary<Long> micros = Arbitraries.longs().between(0, 4_000_000_000_000_000L);
        return Combinators.combine(
                        uuids(),
                        Arbitraries.longs().between(1, Long.MAX_VALUE),
                        micros.map(WireTimes::instant),
                        micros.map(WireTimes::duration),
                        Arbitraries.longs()
                                .between(-1_000_000_000L, 1_000_000_000L)
                                .map(WireTimes::duration)
                                .injectNull(0.3),
                        Arbitraries.of(true, false))
                .as(FaceEvents::header);
    }

    private static Header header(
            UUID id,
            long sequence,
            Instant at,
            Duration monotonic,
            @org.jspecify.annotations.Nullable Duration offset,
            boolean simulated) {
        return new Header(
                new EventId(id),
                new AgentId("agent-1"),
                SiteId.DEFAULT,
                new CameraId(new UUID(id.getMostSignificantBits(), 1)),
                at,
                new UUID(id.getMostSignificantBits(), 2),
                sequence,
                monotonic,
                offset,
                simulated);
    }

    private static Arbitrary<Identity> identities() {
        return Combinators.combine(
                        uuids().map(PersonId::new),
                        uuids().map(FaceId::new),
                        Arbitraries.floats().between(0, 1),
                        Arbitraries.floats().between(-1, 1),
                        Arbitraries.floats().between(0, 1))
                .as(Identity::new);
    }

    private static Arbitrary<Sighting> sightings() {
        Arbitrary<Integer> sides = Arbitraries.integers().between(0, 65_536);
        Arbitrary<Jpeg> crops =
                Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(200).map(Jpeg::new);
        return Combinators.combine(
                        boxes(),
                        sides,
                        sides,
                        Arbitraries.floats().between(0, 1),
                        livenesses(),
                        expressions().list().ofMaxSize(7),
                        Combinators.combine(crops.injectNull(0.3), embeddings().injectNull(0.3))
                                .as(Evidence::new))
                .as((box, w, h, quality, liveness, expressions, evidence) ->
                        new Sighting(
                                box,
                                w,
                                h,
                                quality,
                                liveness,
                                expressions,
                                evidence.crop(),
                                evidence.embedding(),
                                w));
    }

    private record Evidence(
            @org.jspecify.annotations.Nullable Jpeg crop,
            @org.jspecify.annotations.Nullable Embedding embedding) {}

    private static Arbitrary<Box> boxes() {
        Arbitrary<Float> places = Arbitraries.floats().between(-10_000, 10_000);
        Arbitrary<Float> sizes = Arbitraries.floats().between(0, 10_000);
        return Combinators.combine(places, places, sizes, sizes).as(Box::new);
    }

    private static Arbitrary<Liveness> livenesses() {
        return Arbitraries.oneOf(
                List.of(
                        Combinators.combine(
                                        Arbitraries.of(Liveness.Verdict.values()),
                                        Arbitraries.floats().between(0, 1),
                                        Arbitraries.of("flat_picture", "framed")
                                                .list()
                                                .ofMinSize(1)
                                                .ofMaxSize(2))
                                .as(Liveness.Performed::new),
                        Arbitraries.of("model_missing", "switched_off", "face_at_edge")
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(3)
                                .map(Liveness.NotPerformed::new)));
    }

    private static Arbitrary<ExpressionScore> expressions() {
        return Combinators.combine(
                        Arbitraries.of(Expression.values()), Arbitraries.floats().between(0, 1))
                .as(ExpressionScore::new);
    }

    private static Arbitrary<Embedding> embeddings() {
        return Arbitraries.floats()
                .between(0.01f, 1)
                .array(float[].class)
                .ofSize(SPACE.dimension())
                .map(raw -> Embedding.normalised(SPACE, raw));
    }

    private static Arbitrary<String> reasons() {
        return Arbitraries.strings().ofMaxLength(EventCodec.MAX_REASON);
    }

    private static Arbitrary<UUID> uuids() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new);
    }
}
