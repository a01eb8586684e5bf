package io.facet.edge.camera;

import io.facet.match.MatchDecision;
import io.facet.match.MatchDecision.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who a visit is, by all looks at it: whenever another look has joined the visit's {@link Fusion},
 * what that matches votes with the look's quality times its confidence. Older votes weigh less, and
 * somebody leads who has more than half of the weight; to replace somebody takes more. Unknown and
 * ambiguous matches vote for nobody. One thread.
 */
final class Vote {
    private static final double FADING = 0.9;
    private static final double MAJORITY = 0.5;
    private static final double COLLAPSE = 0.3;

    /** To take a name from somebody needs more than to get one, or names would flicker. */
    private static final double CLEAR_MAJORITY = 0.6;

    private final float threshold;
    private final List<Share> shares = new ArrayList<>(2);
    private double nobody;
    private double undecided;

    private static final class Share {
        private Candidate best;
        private double weight;
        private int votes;

        private Share(Candidate first) {
            this.best = first;
        }
    }

    /** A vote under the confidence that a match needs. */
    Vote(float threshold) {
        this.threshold = threshold;
    }

    /** Takes a look of this quality, 0 to 1. */
    void add(MatchDecision decision, float quality) {
        fade();
        double weight = Math.max(quality, 0.05);
        switch (decision) {
            case MatchDecision.Known known -> support(known.best(), weight);
            // As heavy as a match that just passes.
            case MatchDecision.Unknown _ -> nobody += weight * threshold;
            case MatchDecision.Ambiguous _ -> undecided += weight * threshold;
        }
    }

    private void fade() {
        for (Share share : shares) {
            share.weight *= FADING;
        }
        nobody *= FADING;
        undecided *= FADING;
    }

    private void support(Candidate candidate, double weight) {
        Share share = share(candidate);
        share.weight += weight * candidate.confidence();
        share.votes++;
        if (candidate.confidence() > share.best.confidence()) {
            share.best = candidate;
        }
    }

    private Share share(Candidate candidate) {
        for (Share share : shares) {
            if (share.best.person().equals(candidate.person())) {
                return share;
            }
        }
        Share fresh = new Share(candidate);
        shares.add(fresh);
        return fresh;
    }

    /** The best match of who leads, with at least so many votes; empty while nobody does. */
    Optional<Candidate> leader(int minVotes) {
        return leader(minVotes, MAJORITY);
    }

    /** The same for who is to replace somebody: empty until that is clear. */
    Optional<Candidate> successor(int minVotes) {
        return leader(minVotes, CLEAR_MAJORITY);
    }

    private Optional<Candidate> leader(int minVotes, double part) {
        for (Share share : shares) {
            if (share.votes >= minVotes && share.weight > part * total()) {
                return Optional.of(share.best);
            }
        }
        return Optional.empty();
    }

    /** Whether nobody is left whom a fair share of the looks speaks for. */
    boolean collapsed() {
        for (Share share : shares) {
            if (share.weight >= COLLAPSE * total()) {
                return false;
            }
        }
        return true;
    }

    /** Whether the looks agree that it is nobody known, rather than one of two people. */
    boolean isNobody() {
        return nobody > MAJORITY * total();
    }

    private double total() {
        double sum = nobody + undecided;
        for (Share share : shares) {
            sum += share.weight;
        }
        return sum;
    }
}
