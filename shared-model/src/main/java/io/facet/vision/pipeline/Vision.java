package io.facet.vision.pipeline;

import io.facet.model.EmbeddingSpace;
import io.facet.vision.detect.FaceDetector;
import io.facet.vision.embed.Calibration;
import io.facet.vision.embed.FaceEmbedder;
import io.facet.vision.expression.ExpressionClassifier;
import io.facet.vision.image.Image;
import io.facet.vision.landmark.LandmarkPredictor;
import io.facet.vision.liveness.LivenessDetector;
import io.facet.vision.quality.QualityAssessor;
import java.util.List;
import java.util.Optional;

/**
 * The stages of one model pack, wired: what edge and hub both see faces through. Thread-safe; close
 * frees the native sessions.
 */
public interface Vision extends AutoCloseable {
    FaceDetector detector();

    QualityAssessor quality();

    /**
     * Answers {@code NotPerformed(model_missing)} or {@code (switched_off)} where it cannot look.
     */
    LivenessDetector liveness();

    FaceEmbedder embedder();

    /** Empty while switched off or without a model. */
    Optional<ExpressionClassifier> expression();

    /** Empty without a model. */
    Optional<LandmarkPredictor> landmarks();

    Calibration calibration();

    default EmbeddingSpace space() {
        return embedder().space();
    }

    /** Runs every stage asked for over every face of a picture, best face first. */
    List<FaceOutcome> analyse(Image image, Wanted wanted);

    /** Tells the observer of every run of a stage from now on; at most one observer. */
    default void observe(StageObserver observer) {}

    /**
     * Which checks decide.
     *
     * @param quality whether a face below the quality limits stops as {@code TooPoor}
     * @param liveness whether to look for attacks; a failed check stops as {@code Spoof}
     * @param expression whether to classify expressions, where switched on
     */
    record Wanted(boolean quality, boolean liveness, boolean expression) {
        public static final Wanted ENROL = new Wanted(true, false, false);
        public static final Wanted RECOGNISE = new Wanted(false, true, false);
    }

    @Override
    void close();
}
