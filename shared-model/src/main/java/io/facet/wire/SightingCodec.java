package io.facet.wire;

import com.google.protobuf.ByteString;
import io.facet.model.Box;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.EventId;
import io.facet.model.Expression;
import io.facet.model.FaceEvent.ExpressionScore;
import io.facet.model.Jpeg;
import io.facet.model.Liveness;
import io.facet.wire.v1.BoundingBox;
import io.facet.wire.v1.Evidence;
import io.facet.wire.v1.LivenessResult;
import io.facet.wire.v1.Sighting;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sightings and their wire form; crop and embedding go only through a seal. Stateless. */
final class SightingCodec {
    private static final int MAX_SIDE = 1 << 16;
    private static final int MAX_REASONS = 16;

    private SightingCodec() {}

    static Sighting encode(
            EventId event, io.facet.model.FaceEvent.Sighting sighting, EvidenceSeal seal) {
        Sighting.Builder wire =
                Sighting.newBuilder()
                        .setBox(box(sighting.box()))
                        .setFrameWidth(sighting.frameWidth())
                        .setFrameHeight(sighting.frameHeight())
                        .setQuality(sighting.quality())
                        .setLiveness(liveness(sighting.liveness()))
                        .setFramesSeen(sighting.framesSeen());
        for (ExpressionScore score : sighting.expressions()) {
            wire.addExpressions(
                    io.facet.wire.v1.ExpressionScore.newBuilder()
                            .setName(score.expression().wireName())
                            .setProbability(score.probability()));
        }
        if (sighting.crop() != null || sighting.embedding() != null) {
            seal.seal(event, evidence(sighting)).ifPresent(wire::setEvidence);
        }
        return wire.build();
    }

    static io.facet.model.FaceEvent.Sighting decode(
            EventId event, Sighting wire, EvidenceOpen open) {
        @Nullable Evidence evidence =
                wire.hasEvidence() ? open.open(event, wire.getEvidence()).orElse(null) : null;
        return new io.facet.model.FaceEvent.Sighting(
                box(wire.getBox()),
                Ranges.check("frame_width", wire.getFrameWidth(), 0, MAX_SIDE),
                Ranges.check("frame_height", wire.getFrameHeight(), 0, MAX_SIDE),
                Ranges.check("quality", wire.getQuality(), 0, 1),
                liveness(wire.getLiveness()),
                wire.getExpressionsList().stream().flatMap(SightingCodec::expression).toList(),
                crop(evidence),
                embedding(evidence),
                Ranges.check("frames_seen", wire.getFramesSeen(), 0, Integer.MAX_VALUE));
    }

    private static Evidence evidence(io.facet.model.FaceEvent.Sighting sighting) {
        Evidence.Builder evidence = Evidence.newBuilder();
        Jpeg crop = sighting.crop();
        if (crop != null) {
            evidence.setCropJpeg(ByteString.copyFrom(crop.bytes()));
        }
        Embedding embedding = sighting.embedding();
        if (embedding != null) {
            evidence.setSpaceId(embedding.space().id())
                    .setEmbedding(ByteString.copyFrom(embedding.toBytes()));
        }
        return evidence.build();
    }

    private static @Nullable Jpeg crop(@Nullable Evidence evidence) {
        return evidence == null || evidence.getCropJpeg().isEmpty()
                ? null
                : new Jpeg(evidence.getCropJpeg().toByteArray());
    }

    private static @Nullable Embedding embedding(@Nullable Evidence evidence) {
        if (evidence == null || evidence.getEmbedding().isEmpty()) {
            return null;
        }
        byte[] bytes = evidence.getEmbedding().toByteArray();
        return Embedding.fromBytes(
                new EmbeddingSpace(evidence.getSpaceId(), bytes.length / Float.BYTES), bytes);
    }

    private static BoundingBox box(Box box) {
        return BoundingBox.newBuilder()
                .setX(box.x())
                .setY(box.y())
                .setWidth(box.width())
                .setHeight(box.height())
                .build();
    }

    private static Box box(BoundingBox wire) {
        return new Box(wire.getX(), wire.getY(), wire.getWidth(), wire.getHeight());
    }

    private static LivenessResult liveness(Liveness liveness) {
        return switch (liveness) {
            case Liveness.Performed p ->
                    LivenessResult.newBuilder()
                            .setPerformed(true)
                            .setPassed(p.passed())
                            .setScore(p.score())
                            .setVerdict(p.verdict().wireName())
                            .addAllReasons(p.reasons())
                            .build();
            case Liveness.NotPerformed n ->
                    LivenessResult.newBuilder().addAllNotPerformedReasons(n.reasons()).build();
        };
    }

    private static Liveness liveness(LivenessResult wire) {
        if (wire.getPerformed()) {
            return performed(wire);
        }
        return new Liveness.NotPerformed(checked(wire.getNotPerformedReasonsList()));
    }

    /** An agent of the release before says passed or not; of a verdict that is new, no more. */
    private static Liveness performed(LivenessResult wire) {
        Optional<Liveness.Verdict> verdict = Liveness.Verdict.of(wire.getVerdict());
        return verdict.isEmpty() || (verdict.get() == Liveness.Verdict.LIVE) != wire.getPassed()
                ? new Liveness.Performed(wire.getPassed(), wire.getScore())
                : new Liveness.Performed(
                        verdict.get(), wire.getScore(), checked(wire.getReasonsList()));
    }

    private static List<String> checked(List<String> reasons) {
        if (reasons.size() > MAX_REASONS || reasons.stream().anyMatch(r -> r.length() > 64)) {
            throw new IllegalArgumentException(
                    "liveness has at most " + MAX_REASONS + " reasons of 64 characters");
        }
        return reasons;
    }

    /** None for an expression that only a later release has a name for. */
    private static Stream<ExpressionScore> expression(io.facet.wire.v1.ExpressionScore wire) {
        return Arrays.stream(Expression.values())
                .filter(known -> known.name().equals(wire.getName().toUpperCase(Locale.ROOT)))
                .map(known ->
                        new ExpressionScore(
                                known, Ranges.check("probability", wire.getProbability(), 0, 1)));
    }
}
