package io.facet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EmbeddingTest {
    private final EmbeddingSpace space = new EmbeddingSpace("0123456789abcdef", 3);

    @Test
    void comesToUnitLength() {
        Embedding e = Embedding.normalised(space, new float[] {3, 0, 4});
        assertThat(e.toArray()).containsExactly(new float[] {0.6f, 0, 0.8f}, within(1e-6f));
        assertThat(e.similarity(e)).isCloseTo(1, within(1e-6f));
    }

    @Test
    void survivesItsBytes() {
        Embedding e = Embedding.normalised(space, new float[] {1, -2, 5});
        assertThat(Embedding.fromBytes(space, e.toBytes())).isEqualTo(e);
    }

    @Test
    void nonsenseIsRefused() {
        for (float[] bad :
                new float[][] {
                    {0, 0, 0}, {1, Float.NaN, 0}, {1, Float.POSITIVE_INFINITY, 0}, {1}
                }) {
            assertThatThrownBy(() -> Embedding.normalised(space, bad))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Embedding.fromBytes(space, new byte[12]))
                .hasMessageContaining("unit length");
        assertThatThrownBy(() -> Embedding.fromBytes(space, new byte[11]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void spacesAreNeverCompared() {
        EmbeddingSpace other = new EmbeddingSpace("fedcba9876543210", 3);
        Embedding a = Embedding.normalised(space, new float[] {1, 0, 0});
        Embedding b = Embedding.normalised(other, new float[] {1, 0, 0});
        assertThatThrownBy(() -> a.similarity(b)).hasMessageContaining("different spaces");
    }

    @Test
    void showsNothingOfTheFace() {
        assertThat(Embedding.normalised(space, new float[] {1, 0, 0}).toString())
                .isEqualTo("Embedding[0123456789abcdef, 3 floats]");
    }
}
