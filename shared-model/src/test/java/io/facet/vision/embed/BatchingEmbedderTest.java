package io.facet.vision.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.Box;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.Landmarks;
import io.facet.model.Point;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.image.Image;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class BatchingEmbedderTest {
    private static final EmbeddingSpace SPACE = new EmbeddingSpace("ab".repeat(8), 2);

    /** Answers (x of the box, 1); a face at a negative x fails the whole call. */
    private static final class FakeNetwork implements FaceEmbedder {
        final ConcurrentLinkedQueue<Integer> batches = new ConcurrentLinkedQueue<>();
        final CountDownLatch firstCall = new CountDownLatch(1);
        final CountDownLatch go = new CountDownLatch(1);

        @Override
        public EmbeddingSpace space() {
            return SPACE;
        }

        @Override
        public List<Embedding> embed(List<FaceInImage> faces) {
            batches.add(faces.size());
            firstCall.countDown();
            try {
                go.await();
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
            return faces.stream().map(FakeNetwork::answer).toList();
        }

        private static Embedding answer(FaceInImage face) {
            if (face.face().box().x() < 0) {
                throw new IllegalArgumentException("bad face");
            }
            return expected(face);
        }
    }

    @Test
    void callersWhoPileUpShareACallAndEachGetsItsOwnFaces() {
        FakeNetwork network = new FakeNetwork();
        try (BatchingEmbedder embedder = new BatchingEmbedder(network, 1, 16, Duration.ZERO);
                ExecutorService callers = Executors.newCachedThreadPool()) {
            List<CompletableFuture<List<Embedding>>> answers = new ArrayList<>();
            answers.add(ask(embedder, callers, faces(1, 2)));
            await(network.firstCall);
            for (int i = 0; i < 5; i++) {
                answers.add(ask(embedder, callers, faces(10 * i + 3, 10 * i + 4)));
            }
            Awaitility.await().until(() -> embedder.waiting() == 5);
            network.go.countDown();

            assertThat(answers.getFirst().join()).isEqualTo(expected(faces(1, 2)));
            for (int i = 0; i < 5; i++) {
                assertThat(answers.get(i + 1).join())
                        .isEqualTo(expected(faces(10 * i + 3, 10 * i + 4)));
            }
            assertThat(network.batches).containsExactly(2, 10);
        }
    }

    @Test
    void aBatchTakesNoFurtherCallerOnceFull() {
        FakeNetwork network = new FakeNetwork();
        try (BatchingEmbedder embedder = new BatchingEmbedder(network, 1, 4, Duration.ZERO);
                ExecutorService callers = Executors.newCachedThreadPool()) {
            List<CompletableFuture<List<Embedding>>> answers = new ArrayList<>();
            answers.add(ask(embedder, callers, faces(1)));
            await(network.firstCall);
            for (int i = 0; i < 4; i++) {
                answers.add(ask(embedder, callers, faces(1, 2)));
            }
            Awaitility.await().until(() -> embedder.waiting() == 4);
            network.go.countDown();
            answers.forEach(CompletableFuture::join);

            assertThat(network.batches).containsExactly(1, 4, 4);
        }
    }

    @Test
    void aBadFaceFailsItsOwnCallerOnly() {
        FakeNetwork network = new FakeNetwork();
        try (BatchingEmbedder embedder = new BatchingEmbedder(network, 1, 16, Duration.ZERO);
                ExecutorService callers = Executors.newCachedThreadPool()) {
            CompletableFuture<List<Embedding>> first = ask(embedder, callers, faces(1));
            await(network.firstCall);
            CompletableFuture<List<Embedding>> good = ask(embedder, callers, faces(7));
            CompletableFuture<List<Embedding>> bad = ask(embedder, callers, faces(-1));
            Awaitility.await().until(() -> embedder.waiting() == 2);
            network.go.countDown();

            assertThat(first.join()).hasSize(1);
            assertThat(good.join()).isEqualTo(expected(faces(7)));
            assertThatThrownBy(bad::join).hasRootCauseInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void nobodyIsServedAfterClosing() {
        FakeNetwork network = new FakeNetwork();
        network.go.countDown();
        BatchingEmbedder embedder = new BatchingEmbedder(network, 2, 16, Duration.ofMillis(1));
        assertThat(embedder.embed(faces(5))).isEqualTo(expected(faces(5)));
        assertThat(embedder.embed(List.of())).isEmpty();
        embedder.close();

        assertThatThrownBy(() -> embedder.embed(faces(5)))
                .isInstanceOfSatisfying(
                        FacetException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    private static CompletableFuture<List<Embedding>> ask(
            BatchingEmbedder embedder, ExecutorService callers, List<FaceInImage> faces) {
        return CompletableFuture.supplyAsync(() -> embedder.embed(faces), callers);
    }

    private static void await(CountDownLatch latch) {
        Awaitility.await().until(() -> latch.getCount() == 0);
    }

    private static List<FaceInImage> faces(int... xs) {
        List<FaceInImage> faces = new ArrayList<>();
        for (int x : xs) {
            Point p = new Point(x, 0);
            faces.add(
                    new FaceInImage(
                            new Image(1, 1, new byte[3]),
                            new DetectedFace(
                                    new Box(x, 0, 1, 1), new Landmarks(p, p, p, p, p), 1)));
        }
        return faces;
    }

    private static List<Embedding> expected(List<FaceInImage> faces) {
        return faces.stream().map(BatchingEmbedderTest::expected).toList();
    }

    private static Embedding expected(FaceInImage face) {
        return Embedding.normalised(SPACE, new float[] {face.face().box().x(), 1});
    }
}
