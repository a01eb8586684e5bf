package io.facet.match;

import io.facet.index.VectorIndex.Neighbour;
import io.facet.match.MatchDecision.Ambiguous;
import io.facet.match.MatchDecision.Candidate;
import io.facet.match.MatchDecision.Known;
import io.facet.match.MatchDecision.Unknown;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.PersonId;
import io.facet.vision.embed.Calibration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides who a probe is.
 *
 * <ul>
 *   <li>A person stands by the best of their templates.
 *   <li>One odd template shall not name anybody: who has several templates and reaches the
 *       threshold by one must reach it against the centroid of them all too, else the centroid's
 *       confidence is the person's.
 *   <li>Known: the first person reaches the threshold, and no other who does is closer behind than
 *       the margin, both in calibrated confidence. Ambiguous: another is. Unknown: nobody reaches
 *       it.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class Matcher {
    /** Most faces ever asked for, however many templates the nearest people have. */
    private static final int MOST_NEIGHBOURS = 4096;

    private static final Comparator<Candidate> BEST_FIRST =
            Comparator.comparingDouble((Candidate c) -> c.confidence())
                    .thenComparingDouble(Candidate::similarity)
                    .reversed()
                    .thenComparing(Candidate::person);

    private final Gallery gallery;
    private final Calibration calibration;

    public Matcher(Gallery gallery, Calibration calibration) {
        this.gallery = gallery;
        this.calibration = calibration;
    }

    /** The space probes must be of. */
    public EmbeddingSpace space() {
        return gallery.space();
    }

    /**
     * Who the probe is.
     *
     * @throws IllegalArgumentException when the probe is of another space
     */
    public MatchDecision decide(Embedding probe, MatchPolicy policy) {
        List<Candidate> people =
                nearestPeople(probe, Math.max(2, policy.maxResults())).values().stream()
                        .map(c -> checked(c, probe, policy.threshold()))
                        .sorted(BEST_FIRST)
                        .toList();
        return decide(people, policy);
    }

    /**
     * Who of these people the probe is; exact, by every face of theirs.
     *
     * @throws IllegalArgumentException when the probe is of another space
     */
    public MatchDecision decideAmong(
            Embedding probe, Collection<PersonId> people, MatchPolicy policy) {
        return decide(
                people.stream()
                        .flatMap(person -> compare(probe, person, policy.threshold()).stream())
                        .sorted(BEST_FIRST)
                        .toList(),
                policy);
    }

    /**
     * How alike a probe and a person are, by the same rules as {@link #decide}; empty for somebody
     * without a face here.
     *
     * @param threshold calibrated confidence from which the centroid is asked too
     * @throws IllegalArgumentException when the probe is of another space
     */
    public Optional<Candidate> compare(Embedding probe, PersonId person, float threshold) {
        if (!space().equals(probe.space())) {
            throw new IllegalArgumentException("the probe is of another space");
        }
        return gallery.nearestOf(person, probe)
                .map(nearest -> checked(candidate(person, nearest), probe, threshold));
    }

    /**
     * Decides among people who are already found, for instance by several shards.
     *
     * @param people each at most once, best first
     */
    public static MatchDecision decide(List<Candidate> people, MatchPolicy policy) {
        List<Candidate> reported = first(people, policy.maxResults());
        if (people.isEmpty() || people.getFirst().confidence() < policy.threshold()) {
            return new Unknown(reported);
        }
        if (people.size() > 1 && contested(people.get(0), people.get(1), policy)) {
            return new Ambiguous(first(people, Math.max(2, policy.maxResults())));
        }
        return new Known(people.getFirst(), reported);
    }

    private static boolean contested(Candidate best, Candidate next, MatchPolicy policy) {
        return next.confidence() >= policy.threshold()
                && best.confidence() - next.confidence() < policy.margin();
    }

    /** The best face of each person, looking further while one person's templates fill the list. */
    private Map<PersonId, Candidate> nearestPeople(Embedding probe, int wanted) {
        int k = Math.max(16, 2 * wanted);
        while (true) {
            List<Neighbour> neighbours = gallery.nearest(probe, k);
            Map<PersonId, Candidate> people = byPerson(neighbours);
            if (people.size() >= wanted || neighbours.size() < k || k >= MOST_NEIGHBOURS) {
                return people;
            }
            k *= 4;
        }
    }

    private Map<PersonId, Candidate> byPerson(List<Neighbour> bestFirst) {
        Map<PersonId, Candidate> people = new LinkedHashMap<>();
        for (Neighbour n : bestFirst) {
            // A face removed meanwhile has no owner any more.
            gallery.ownerOf(n.face())
                    .ifPresent(person -> people.putIfAbsent(person, candidate(person, n)));
        }
        return people;
    }

    private Candidate candidate(PersonId person, Neighbour n) {
        return new Candidate(
                person, n.face(), n.similarity(), calibration.confidence(n.similarity()));
    }

    private Candidate checked(Candidate candidate, Embedding probe, float threshold) {
        if (candidate.confidence() < threshold) {
            return candidate;
        }
        Optional<Float> centroid = gallery.centroidSimilarity(candidate.person(), probe);
        float confidence = centroid.map(calibration::confidence).orElse(candidate.confidence());
        return confidence >= threshold
                ? candidate
                : new Candidate(
                        candidate.person(), candidate.face(), candidate.similarity(), confidence);
    }

    private static List<Candidate> first(List<Candidate> people, int count) {
        return List.copyOf(people.subList(0, Math.min(count, people.size())));
    }
}
