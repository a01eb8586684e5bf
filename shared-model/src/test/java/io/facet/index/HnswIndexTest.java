package io.facet.index;

import static io.facet.index.Vectors.face;
import static org.assertj.core.api.Assertions.assertThat;

import io.facet.model.EmbeddingSpace;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HnswIndexTest extends VectorIndexContract {
    @Override
    VectorIndex create(EmbeddingSpace space) {
        return new HnswIndex(space, new HnswIndex.Settings(16, 100, 128));
    }

    @Test
    void deadNodesAreClearedOutOnceTheyAreTheMajority() {
        Random random = new Random(1);
        try (HnswIndex index = new HnswIndex(SPACE, new HnswIndex.Settings(8, 32, 32))) {
            for (int i = 0; i < 5000; i++) {
                index.put(face(i % 10), Vectors.random(SPACE, random));
            }
            assertThat(index.size()).isEqualTo(10);
            assertThat(index.graphSize()).isLessThan(1100);
        }
    }
}
