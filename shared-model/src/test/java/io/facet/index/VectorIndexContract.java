package io.facet.index;

import static io.facet.index.Vectors.face;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.facet.index.VectorIndex.Neighbour;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link VectorIndex} keeps to. */
abstract class VectorIndexContract {
    static final EmbeddingSpace SPACE = Vectors.space(64);

    private final Random random = new Random(7);

    abstract VectorIndex create(EmbeddingSpace space);

    @Test
    void emptyIndexHasNoNeighbours() {
        try (VectorIndex index = create(SPACE)) {
            assertThat(index.size()).isZero();
            assertThat(index.nearest(embedding(), 5)).isEmpty();
            assertThat(index.space()).isEqualTo(SPACE);
        }
    }

    @Test
    void faceFindsItselfWithItsExactCosine() {
        try (VectorIndex index = create(SPACE)) {
            Map<FaceId, Embedding> faces = fill(index, 300);
            Embedding probe = Vectors.near(Vectors.of(faces, face(42)), 0.3f, random);
            Neighbour best = index.nearest(probe, 1).getFirst();
            assertThat(best.face()).isEqualTo(face(42));
            assertThat(best.similarity())
                    .isCloseTo(Vectors.of(faces, face(42)).similarity(probe), within(1e-5f));
        }
    }

    @Test
    void askingForMoreThanThereIsGivesEverythingBestFirst() {
        try (VectorIndex index = create(SPACE)) {
            Map<FaceId, Embedding> faces = fill(index, 33);
            Embedding probe = embedding();
            assertThat(index.nearest(probe, 100))
                    .extracting(Neighbour::face)
                    .containsExactlyElementsOf(
                            Vectors.bruteForce(faces, probe, 100).stream()
                                    .map(Neighbour::face)
                                    .toList());
        }
    }

    @Test
    void removedFaceIsFoundNoMore() {
        try (VectorIndex index = create(SPACE)) {
            Map<FaceId, Embedding> faces = fill(index, 200);
            assertThat(index.remove(face(17))).isTrue();
            assertThat(index.remove(face(17))).isFalse();
            assertThat(index.size()).isEqualTo(199);
            assertThat(index.nearest(Vectors.of(faces, face(17)), 200))
                    .extracting(Neighbour::face)
                    .hasSize(199)
                    .doesNotContain(face(17));
        }
    }

    @Test
    void removedFaceMayBePutAgainManyTimes() {
        try (VectorIndex index = create(SPACE)) {
            fill(index, 50);
            for (int round = 0; round < 20; round++) {
                Embedding again = embedding();
                index.remove(face(3));
                index.put(face(3), again);
                assertThat(index.nearest(again, 1).getFirst().face()).isEqualTo(face(3));
                assertThat(index.size()).isEqualTo(50);
            }
        }
    }

    @Test
    void puttingAFaceAgainReplacesItsEmbedding() {
        try (VectorIndex index = create(SPACE)) {
            fill(index, 50);
            Embedding before = embedding();
            Embedding after = embedding();
            index.put(face(5), before);
            index.put(face(5), after);
            assertThat(index.size()).isEqualTo(50);
            Neighbour found =
                    index.nearest(before, 50).stream()
                            .filter(n -> n.face().equals(face(5)))
                            .findFirst()
                            .orElseThrow();
            assertThat(found.similarity()).isCloseTo(after.similarity(before), within(1e-5f));
        }
    }

    @Test
    void embeddingIsGivenBackAsItWasPut() {
        try (VectorIndex index = create(SPACE)) {
            Embedding one = embedding();
            index.put(face(1), one);
            assertThat(index.get(face(1)).orElseThrow().similarity(one))
                    .isCloseTo(1, within(1e-5f));
            assertThat(index.get(face(2))).isEmpty();
            index.remove(face(1));
            assertThat(index.get(face(1))).isEmpty();
        }
    }

    @Test
    void facesWithOneEmbeddingAreAllKept() {
        try (VectorIndex index = create(SPACE)) {
            Embedding twin = embedding();
            IntStream.range(0, 30).forEach(i -> index.put(face(i), twin));
            assertThat(index.nearest(twin, 30)).hasSize(30);
            index.remove(face(11));
            assertThat(index.nearest(twin, 30)).hasSize(29);
        }
    }

    @Test
    void emptiedIndexWorksOn() {
        try (VectorIndex index = create(SPACE)) {
            fill(index, 40);
            IntStream.range(0, 40).forEach(i -> index.remove(face(i)));
            assertThat(index.nearest(embedding(), 3)).isEmpty();
            Embedding one = embedding();
            index.put(face(99), one);
            assertThat(index.nearest(one, 3)).extracting(Neighbour::face).containsExactly(face(99));
        }
    }

    @Test
    void embeddingOfAnotherSpaceIsRefused() {
        EmbeddingSpace other = new EmbeddingSpace("ffffffffffffffff", 64);
        try (VectorIndex index = create(SPACE)) {
            assertThatThrownBy(() -> index.put(face(1), Vectors.random(other, random)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("space");
            assertThatThrownBy(() -> index.nearest(Vectors.random(other, random), 1))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> index.nearest(embedding(), 0))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void growsThroughManyBlocksAndKeepsEveryFace() {
        try (VectorIndex index = create(SPACE)) {
            Map<FaceId, Embedding> faces = fill(index, 5000);
            IntStream.range(0, 2500).forEach(i -> index.remove(face(2L * i)));
            for (int i = 1; i < 5000; i += 500) {
                assertThat(index.nearest(Vectors.of(faces, face(i)), 1).getFirst().face())
                        .isEqualTo(face(i));
            }
            assertThat(index.size()).isEqualTo(2500);
        }
    }

    @Test
    void searchesSeeWhatWasWrittenBeforeThemWhileOthersWrite() throws Exception {
        try (VectorIndex index = create(SPACE);
                ExecutorService pool = Executors.newFixedThreadPool(3)) {
            Map<FaceId, Embedding> stable = fill(index, 1000);
            AtomicBoolean over = new AtomicBoolean();
            List<Callable<Void>> readers =
                    List.of(() -> search(index, stable, over), () -> search(index, stable, over));
            List<Future<Void>> running = readers.stream().map(pool::submit).toList();
            try {
                churn(index);
            } finally {
                over.set(true);
            }
            for (Future<Void> reader : running) {
                reader.get();
            }
        }
    }

    /** Adds, replaces and removes faces beside the stable ones, looking for each at once. */
    private void churn(VectorIndex index) {
        for (int i = 0; i < 1500; i++) {
            FaceId face = face(10_000 + i % 100);
            Embedding embedding = embedding();
            index.put(face, embedding);
            assertThat(index.nearest(embedding, 1).getFirst().face()).isEqualTo(face);
            if (i % 3 == 0) {
                index.remove(face);
                assertThat(index.nearest(embedding, 10))
                        .extracting(Neighbour::face)
                        .doesNotContain(face);
            }
        }
    }

    private static Void search(
            VectorIndex index, Map<FaceId, Embedding> stable, AtomicBoolean over) {
        Random mine = new Random(3);
        do {
            FaceId wanted = face(mine.nextInt(stable.size()));
            Embedding probe = Vectors.of(stable, wanted);
            List<Neighbour> found = index.nearest(probe, 5);
            assertThat(found.getFirst().face()).isEqualTo(wanted);
            assertThat(found).extracting(Neighbour::face).doesNotHaveDuplicates().hasSize(5);
        } while (!over.get());
        return null;
    }

    final Map<FaceId, Embedding> fill(VectorIndex index, int count) {
        Map<FaceId, Embedding> faces = new HashMap<>();
        for (int i = 0; i < count; i++) {
            faces.put(face(i), embedding());
        }
        faces.forEach(index::put);
        return faces;
    }

    private Embedding embedding() {
        return Vectors.random(SPACE, random);
    }
}
