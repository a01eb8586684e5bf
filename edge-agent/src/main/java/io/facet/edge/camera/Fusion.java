package io.facet.edge.camera;

import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;

/**
 * The embedding of a visit: the sum of its looks' embeddings, each weighted by the square of its
 * quality, brought to unit length. What is the person's adds up, what is the moment's (light, pose,
 * blur) cancels out; a good look counts four times as much as one half as good. One thread.
 */
final class Fusion {
    private static final double LEAST_WEIGHT = 0.0025;

    private final EmbeddingSpace space;
    private final float[] sum;
    private final float[] one;

    Fusion(EmbeddingSpace space) {
        this.space = space;
        this.sum = new float[space.dimension()];
        this.one = new float[space.dimension()];
    }

    /**
     * Takes a look.
     *
     * @param quality 0 to 1
     * @return the fusion of all looks so far; the look itself at first
     */
    Embedding add(Embedding look, float quality) {
        float weight = (float) Math.max(LEAST_WEIGHT, quality * quality);
        look.copyTo(one, 0);
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * one[i];
        }
        return Embedding.normalised(space, sum.clone());
    }
}
