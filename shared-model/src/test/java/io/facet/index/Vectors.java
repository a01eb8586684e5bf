package io.facet.index;

import io.facet.index.VectorIndex.Neighbour;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

/** Made-up embeddings, and the plain truth about their neighbours. */
public final class Vectors {
    private Vectors() {}

    public static EmbeddingSpace space(int dimension) {
        return new EmbeddingSpace("00000000000000%02x".formatted(dimension % 256), dimension);
    }

    public static FaceId face(long number) {
        return new FaceId(new UUID(0x7000L, Long.MIN_VALUE | number));
    }

    /** A point spread evenly over the sphere. */
    public static Embedding random(EmbeddingSpace space, Random random) {
        float[] raw = new float[space.dimension()];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (float) random.nextGaussian();
        }
        return Embedding.normalised(space, raw);
    }

    /** A point near another, as a second picture of a face is. */
    public static Embedding near(Embedding of, float noise, Random random) {
        float[] raw = of.toArray();
        for (int i = 0; i < raw.length; i++) {
            raw[i] += noise * (float) (random.nextGaussian() / Math.sqrt(raw.length));
        }
        return Embedding.normalised(of.space(), raw);
    }

    /** The embedding of a face that is there. */
    public static Embedding of(Map<FaceId, Embedding> faces, FaceId face) {
        return Objects.requireNonNull(faces.get(face));
    }

    /** The k nearest by comparing with everything in float. */
    public static List<Neighbour> bruteForce(Map<FaceId, Embedding> faces, Embedding probe, int k) {
        return faces.entrySet().stream()
                .map(e -> new Neighbour(e.getKey(), e.getValue().similarity(probe)))
                .sorted(
                        Comparator.comparingDouble((Neighbour n) -> n.similarity())
                                .reversed()
                                .thenComparing(Neighbour::face))
                .limit(k)
                .toList();
    }
}
