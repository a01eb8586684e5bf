package io.facet.vision.catalog;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.util.List;

/** What became of asking for a pack. */
public sealed interface Resolution {
    /**
     * The pack can run.
     *
     * @param notes sentences worth one log line each: why auto took this pack, which licence
     *     warning applies
     */
    record Resolved(ResolvedPack pack, List<String> notes) implements Resolution {
        public Resolved {
            notes = List.copyOf(notes);
        }
    }

    /**
     * The pack cannot run.
     *
     * @param reason what is wrong and what to do
     */
    record Refused(ErrorCode code, String reason) implements Resolution {}

    /**
     * The pack, for callers that cannot go on without.
     *
     * @throws FacetException with the code and reason of a refusal
     */
    default ResolvedPack orThrow() {
        return switch (this) {
            case Resolved resolved -> resolved.pack();
            case Refused refused -> throw new FacetException(refused.code(), refused.reason());
        };
    }
}
