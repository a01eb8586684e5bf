package io.facet.hub.store.postgres;

import io.facet.model.Box;
import io.facet.model.Expression;
import io.facet.model.FaceEvent.ExpressionScore;
import io.facet.model.FaceEvent.Sighting;
import io.facet.model.Liveness;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What events.sighting holds: a sighting without its personal data. */
record StoredSighting(
        Box box,
        int frameWidth,
        int frameHeight,
        float quality,
        StoredLiveness liveness,
        @Nullable Map<String, Float> expressions,
        int framesSeen) {

    /**
     * One shape for both outcomes; rows of before have no verdict, and reasons only where the check
     * did not run.
     */
    record StoredLiveness(
            boolean performed,
            boolean passed,
            float score,
            @Nullable List<String> notPerformedReasons,
            @Nullable String verdict,
            @Nullable List<String> reasons) {
        static StoredLiveness of(Liveness liveness) {
            return switch (liveness) {
                case Liveness.Performed p ->
                        new StoredLiveness(
                                true,
                                p.passed(),
                                p.score(),
                                null,
                                p.verdict().wireName(),
                                p.reasons());
                case Liveness.NotPerformed n ->
                        new StoredLiveness(false, false, 0, n.reasons(), null, null);
            };
        }

        Liveness liveness() {
            if (notPerformedReasons != null) {
                return new Liveness.NotPerformed(notPerformedReasons);
            }
            return Optional.ofNullable(verdict)
                    .flatMap(Liveness.Verdict::of)
                    .map(said -> new Liveness.Performed(said, score, reasonsOrNone()))
                    .orElseGet(() -> new Liveness.Performed(passed, score));
        }

        private List<String> reasonsOrNone() {
            return reasons == null ? List.of() : reasons;
        }
    }

    static StoredSighting of(Sighting s) {
        Map<String, Float> expressions = new TreeMap<>();
        s.expressions().forEach(e -> expressions.put(e.expression().wireName(), e.probability()));
        return new StoredSighting(
                s.box(),
                s.frameWidth(),
                s.frameHeight(),
                s.quality(),
                StoredLiveness.of(s.liveness()),
                expressions.isEmpty() ? null : expressions,
                s.framesSeen());
    }

    Sighting sighting() {
        List<ExpressionScore> scores = new ArrayList<>();
        if (expressions != null) {
            expressions.forEach((name, p) ->
                    scores.add(
                            new ExpressionScore(
                                    Expression.valueOf(name.toUpperCase(Locale.ROOT)), p)));
        }
        return new Sighting(
                box,
                frameWidth,
                frameHeight,
                quality,
                liveness.liveness(),
                scores,
                null,
                null,
                framesSeen);
    }
}
