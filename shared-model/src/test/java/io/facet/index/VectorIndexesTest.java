package io.facet.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.FacetException;
import org.junit.jupiter.api.Test;

class VectorIndexesTest {
    @Test
    void autoAndFaissScanUntilTheGalleryGrowsLarge() {
        for (String name : new String[] {"auto", "faiss"}) {
            assertThat(VectorIndexes.create(name, Vectors.space(8), 999_999))
                    .isInstanceOf(ExactIndex.class);
            assertThat(VectorIndexes.create(name, Vectors.space(8), 1_000_000))
                    .isInstanceOf(HnswIndex.class);
        }
    }

    @Test
    void namedKindIsTakenAtItsWord() {
        assertThat(VectorIndexes.create("exact", Vectors.space(8), 5_000_000))
                .isInstanceOf(ExactIndex.class);
        assertThat(VectorIndexes.create("hnsw", Vectors.space(8), 1)).isInstanceOf(HnswIndex.class);
        assertThatThrownBy(() -> VectorIndexes.create("annoy", Vectors.space(8), 1))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("annoy");
    }
}
