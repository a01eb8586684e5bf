package io.facet.index;

import static io.facet.index.Vectors.face;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.facet.index.VectorIndex.Neighbour;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ExactIndexTest extends VectorIndexContract {
    @Override
    VectorIndex create(EmbeddingSpace space) {
        return new ExactIndex(space);
    }

    @Test
    void bestOfTwentyThousandIsTheTrueBestEveryTime() {
        EmbeddingSpace space = Vectors.space(256);
        Random random = new Random(5);
        Map<FaceId, Embedding> faces = new HashMap<>();
        try (VectorIndex index = create(space)) {
            for (int i = 0; i < 20_000; i++) {
                Embedding embedding = Vectors.random(space, random);
                faces.put(face(i), embedding);
                index.put(face(i), embedding);
            }
            for (int i = 0; i < 100; i++) {
                Embedding probe = Vectors.random(space, random);
                assertThat(index.nearest(probe, 1).getFirst().face())
                        .isEqualTo(Vectors.bruteForce(faces, probe, 1).getFirst().face());
            }
        }
    }

    /**
     * Dimensions that fill no vector, embeddings of all shapes, deletes: against the plain scan.
     */
    @Property(tries = 60)
    void agreesWithABruteForceScan(
            @ForAll @IntRange(min = 2, max = 300) int dimension,
            @ForAll @IntRange(min = 1, max = 80) int count,
            @ForAll @IntRange(min = 1, max = 12) int k,
            @ForAll long seed) {
        EmbeddingSpace space = Vectors.space(dimension);
        Random random = new Random(seed);
        Map<FaceId, Embedding> faces = new HashMap<>();
        try (VectorIndex index = create(space)) {
            for (int i = 0; i < count; i++) {
                Embedding embedding = odd(space, random);
                faces.put(face(i), embedding);
                index.put(face(i), embedding);
                if (random.nextInt(4) == 0) {
                    index.remove(face(i / 2));
                    faces.remove(face(i / 2));
                }
            }
            Embedding probe = odd(space, random);
            agree(index.nearest(probe, k), faces, probe, k);
        }
    }

    /**
     * Similarities agree rank by rank. Which of several equal faces comes first may differ, and so
     * may ranks whose cosines are closer than the codes can tell once more than the candidates tie.
     */
    private static void agree(
            List<Neighbour> found, Map<FaceId, Embedding> faces, Embedding probe, int k) {
        List<Neighbour> truth = Vectors.bruteForce(faces, probe, k);
        assertThat(found).hasSameSizeAs(truth);
        for (int i = 0; i < truth.size(); i++) {
            Neighbour n = found.get(i);
            assertThat(n.similarity()).isCloseTo(truth.get(i).similarity(), within(0.01f));
            assertThat(n.similarity())
                    .isCloseTo(Vectors.of(faces, n.face()).similarity(probe), within(1e-5f));
        }
    }

    /** Even, spiky, constant and one-lane vectors: the worst for narrow sums. */
    private static Embedding odd(EmbeddingSpace space, Random random) {
        float[] raw = new float[space.dimension()];
        int shape = random.nextInt(4);
        int step = 1 << random.nextInt(6);
        for (int i = 0; i < raw.length; i++) {
            raw[i] =
                    switch (shape) {
                        case 0 -> (float) random.nextGaussian();
                        case 1 -> random.nextInt(raw.length) < 2 ? 1 : 1e-4f;
                        case 2 -> 1;
                        default -> i % step == 0 ? (random.nextBoolean() ? 1 : -1) : 0;
                    };
        }
        return Embedding.normalised(space, raw);
    }
}
