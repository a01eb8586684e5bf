package io.facet.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether a face belongs to someone present, or why nobody looked. */
public sealed interface Liveness {
    /**
     * The check ran.
     *
     * @param score of the networks, 0 attack to 1 live
     * @param reasons snake_case, what speaks against a person being there: {@code network_score},
     *     {@code flat_picture}, {@code screen_pattern}, {@code framed}; empty where nothing does
     */
    record Performed(Verdict verdict, float score, List<String> reasons) implements Liveness {
        public Performed {
            if (!(score >= 0 && score <= 1)) {
                throw new IllegalArgumentException("a liveness score is 0 to 1, not " + score);
            }
            reasons = List.copyOf(reasons);
            if (verdict == Verdict.AMBIGUOUS && reasons.isEmpty()) {
                throw new IllegalArgumentException("a doubt says why");
            }
        }

        /** By a score alone. */
        public Performed(boolean passed, float score) {
            this(passed ? Verdict.LIVE : Verdict.SPOOF, score, List.of());
        }

        /** Whether somebody is there in person; a doubt is no. */
        public boolean passed() {
            return verdict == Verdict.LIVE;
        }
    }

    /** What a check says. */
    enum Verdict {
        LIVE,
        SPOOF,
        /** Some of it speaks for, some against a person being there. */
        AMBIGUOUS;

        /** snake_case. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The one with this name; empty for another.
         *
         * @param name snake_case
         */
        public static Optional<Verdict> of(String name) {
            return Arrays.stream(values()).filter(v -> v.wireName().equals(name)).findFirst();
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
