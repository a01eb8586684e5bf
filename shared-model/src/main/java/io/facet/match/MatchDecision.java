package io.facet.match;

import io.facet.model.FaceId;
import io.facet.model.PersonId;
import java.util.List;

/** Who a probe is. */
public sealed interface MatchDecision {
    /** The people nearest to the probe, best first, whatever the decision. */
    List<Candidate> candidates();

    /**
     * One person, by the best of their faces.
     *
     * @param similarity raw cosine, -1 to 1
     * @param confidence calibrated, 0 to 1
     */
    record Candidate(PersonId person, FaceId face, float similarity, float confidence) {}

    /** The first candidate, clearly. */
    record Known(Candidate best, List<Candidate> candidates) implements MatchDecision {}

    /** Nobody reaches the threshold. */
    record Unknown(List<Candidate> candidates) implements MatchDecision {}

    /** Two people reach the threshold within the margin. */
    record Ambiguous(List<Candidate> candidates) implements MatchDecision {}
}
