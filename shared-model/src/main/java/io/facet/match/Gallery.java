package io.facet.match;

import io.facet.index.VectorIndex;
import io.facet.index.VectorIndex.Neighbour;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An index and whose face each is.
 *
 * <p>Thread-safe: searches in parallel, writes one at a time; a search sees every write that had
 * returned before it began, and no face without its person.
 */
public final class Gallery implements AutoCloseable {
    private final VectorIndex index;
    private final Map<FaceId, PersonId> owners = new ConcurrentHashMap<>();
    private final Map<PersonId, Set<FaceId>> faces = new ConcurrentHashMap<>();

    /** Takes over an empty index. */
    public Gallery(VectorIndex index) {
        if (index.size() > 0) {
            throw new IllegalArgumentException("a gallery begins with an empty index");
        }
        this.index = index;
    }

    /** The space of everything held here. */
    public EmbeddingSpace space() {
        return index.space();
    }

    /**
     * Adds a person's face, or replaces its embedding or its owner.
     *
     * @throws IllegalArgumentException when the embedding is of another space
     */
    public synchronized void put(FaceId face, PersonId person, Embedding embedding) {
        if (!index.space().equals(embedding.space())) {
            throw new IllegalArgumentException("the embedding is of another space");
        }
        PersonId before = owners.put(face, person);
        if (before != null && !before.equals(person)) {
            leave(face, before);
        }
        faces.merge(person, Set.of(face), Gallery::union);
        index.put(face, embedding);
    }

    /** Removes a face; false when it was not there. */
    public synchronized boolean remove(FaceId face) {
        boolean found = index.remove(face);
        PersonId person = owners.remove(face);
        if (person != null) {
            leave(face, person);
        }
        return found;
    }

    /** Removes every face of a person; how many they were. */
    public synchronized int removePerson(PersonId person) {
        Set<FaceId> all = facesOf(person);
        all.forEach(this::remove);
        return all.size();
    }

    /** Faces held. */
    public int size() {
        return index.size();
    }

    /** People with at least one face here. */
    public int people() {
        return faces.size();
    }

    /** The faces of a person; empty for a stranger. */
    public Set<FaceId> facesOf(PersonId person) {
        return faces.getOrDefault(person, Set.of());
    }

    /** Whose face it is. */
    public Optional<PersonId> ownerOf(FaceId face) {
        return Optional.ofNullable(owners.get(face));
    }

    List<Neighbour> nearest(Embedding probe, int k) {
        return index.nearest(probe, k);
    }

    /** A person's face nearest to a probe; empty for a stranger. */
    Optional<Neighbour> nearestOf(PersonId person, Embedding probe) {
        return facesOf(person).stream()
                .flatMap(face ->
                        index.get(face).stream()
                                .map(template -> new Neighbour(face, template.similarity(probe))))
                .max(java.util.Comparator.comparingDouble(Neighbour::similarity));
    }

    /**
     * Cosine of a probe to the centroid of a person's templates, the direction of their sum; empty
     * with fewer than two of them.
     */
    Optional<Float> centroidSimilarity(PersonId person, Embedding probe) {
        List<Embedding> templates =
                facesOf(person).stream().map(index::get).flatMap(Optional::stream).toList();
        if (templates.size() < 2) {
            return Optional.empty();
        }
        float[] sum = new float[probe.space().dimension()];
        float[] one = new float[sum.length];
        for (Embedding template : templates) {
            template.copyTo(one, 0);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += one[i];
            }
        }
        return cosine(sum, probe);
    }

    private static Optional<Float> cosine(float[] sum, Embedding probe) {
        double square = 0;
        for (float v : sum) {
            square += (double) v * v;
        }
        // Templates that cancel out have no direction.
        return square < 1e-9
                ? Optional.empty()
                : Optional.of(Embedding.normalised(probe.space(), sum).similarity(probe));
    }

    private void leave(FaceId face, PersonId person) {
        faces.computeIfPresent(
                person,
                (_, all) -> {
                    Set<FaceId> rest = new java.util.HashSet<>(all);
                    rest.remove(face);
                    return rest.isEmpty() ? null : Set.copyOf(rest);
                });
    }

    private static Set<FaceId> union(Set<FaceId> all, Set<FaceId> one) {
        Set<FaceId> both = new java.util.HashSet<>(all);
        both.addAll(one);
        return Set.copyOf(both);
    }

    @Override
    public synchronized void close() {
        index.close();
        owners.clear();
        faces.clear();
    }
}
