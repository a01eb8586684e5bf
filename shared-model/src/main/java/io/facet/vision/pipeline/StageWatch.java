package io.facet.vision.pipeline;

import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.Liveness;
import io.facet.vision.detect.FaceDetector;
import io.facet.vision.embed.FaceEmbedder;
import io.facet.vision.embed.FaceInImage;
import io.facet.vision.expression.ExpressionClassifier;
import io.facet.vision.liveness.LivenessDetector;
import io.facet.vision.pipeline.StageObserver.Stage;
import io.facet.vision.quality.QualityAssessor;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Times stages for whoever observes them; nobody does at first. Thread-safe. */
final class StageWatch {
    private volatile StageObserver observer = StageObserver.NONE;

    void observe(StageObserver by) {
        observer = by;
    }

    FaceDetector detector(FaceDetector stage) {
        return image -> time(Stage.DETECT, 1, () -> stage.detect(image));
    }

    QualityAssessor quality(QualityAssessor stage) {
        return (image, face) -> time(Stage.QUALITY, 1, () -> stage.assess(image, face));
    }

    LivenessDetector liveness(LivenessDetector stage) {
        return (image, face) -> {
            long start = System.nanoTime();
            Liveness seen = stage.check(image, face);
            // A check that did not run would only make the others look fast.
            if (seen instanceof Liveness.Performed performed) {
                observer.ran(Stage.LIVENESS, 1, Duration.ofNanos(System.nanoTime() - start));
                if (!performed.passed()) {
                    observer.attackSeen();
                }
            }
            return seen;
        };
    }

    ExpressionClassifier expression(ExpressionClassifier stage) {
        return (image, face) -> time(Stage.EXPRESSION, 1, () -> stage.classify(image, face));
    }

    /** Of the network itself, so that its batches are seen and not what callers ask for. */
    FaceEmbedder embedder(FaceEmbedder stage) {
        return new FaceEmbedder() {
            @Override
            public EmbeddingSpace space() {
                return stage.space();
            }

            @Override
            public List<Embedding> embed(List<FaceInImage> faces) {
                return time(Stage.EMBED, faces.size(), () -> stage.embed(faces));
            }
        };
    }

    private <T> T time(Stage stage, int items, Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        observer.ran(stage, items, Duration.ofNanos(System.nanoTime() - start));
        return result;
    }
}
