package io.facet.model;

import java.util.List;

/** Whether a face belongs to someone present, or why nobody looked. */
public sealed interface Liveness {
    /**
     * The check ran.
     *
     * @param passed at or above the configured limit
     * @param score 0 attack to 1 live
     */
    record Performed(boolean passed, float score) implements Liveness {
        public Performed {
            if (!(score >= 0 && score <= 1)) {
                throw new IllegalArgumentException("a liveness score is 0 to 1, not " + score);
            }
        }
    }

    /**
     * The check did not run.
     *
     * @param reasons snake_case, at least one: {@code model_missing}, {@code switched_off}, {@code
     *     face_at_edge}
     */
    record NotPerformed(List<String> reasons) implements Liveness {
        public NotPerformed {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("a check that did not run says why");
            }
        }
    }
}
