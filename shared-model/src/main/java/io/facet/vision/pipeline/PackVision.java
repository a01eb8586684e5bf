package io.facet.vision.pipeline;

import io.facet.lifecycle.Lifecycle;
import io.facet.model.Embedding;
import io.facet.model.FaceEvent.ExpressionScore;
import io.facet.model.Liveness;
import io.facet.model.Quality;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.detect.FaceDetector;
import io.facet.vision.embed.Calibration;
import io.facet.vision.embed.FaceEmbedder;
import io.facet.vision.embed.FaceInImage;
import io.facet.vision.expression.ExpressionClassifier;
import io.facet.vision.image.Image;
import io.facet.vision.landmark.LandmarkPredictor;
import io.facet.vision.liveness.LivenessDetector;
import io.facet.vision.onnx.OnnxRuntime;
import io.facet.vision.quality.QualityAssessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@link Vision} over the networks of one pack. Thread-safe. */
public final class PackVision implements Vision {
    private final ResolvedPack pack;
    private final OnnxRuntime runtime;
    private final FaceDetector detector;
    private final QualityAssessor quality;
    private final LivenessDetector liveness;
    private final FaceEmbedder embedder;
    private final Optional<ExpressionClassifier> expression;
    private final Optional<LandmarkPredictor> landmarks;
    private final StageWatch watch;
    private final Lifecycle parts;

    PackVision(
            ResolvedPack pack,
            OnnxRuntime runtime,
            FaceDetector detector,
            QualityAssessor quality,
            LivenessDetector liveness,
            FaceEmbedder embedder,
            Optional<ExpressionClassifier> expression,
            Optional<LandmarkPredictor> landmarks,
            StageWatch watch,
            Lifecycle parts) {
        this.pack = pack;
        this.runtime = runtime;
        this.detector = detector;
        this.quality = quality;
        this.liveness = liveness;
        this.embedder = embedder;
        this.expression = expression;
        this.landmarks = landmarks;
        this.watch = watch;
        this.parts = parts;
    }

    /** The pack this was made from. */
    public ResolvedPack pack() {
        return pack;
    }

    /** Providers, threads and time spent in networks. */
    public OnnxRuntime runtime() {
        return runtime;
    }

    @Override
    public FaceDetector detector() {
        return detector;
    }

    @Override
    public QualityAssessor quality() {
        return quality;
    }

    @Override
    public LivenessDetector liveness() {
        return liveness;
    }

    @Override
    public FaceEmbedder embedder() {
        return embedder;
    }

    @Override
    public Optional<ExpressionClassifier> expression() {
        return expression;
    }

    @Override
    public Optional<LandmarkPredictor> landmarks() {
        return landmarks;
    }

    @Override
    public void observe(StageObserver observer) {
        watch.observe(observer);
    }

    @Override
    public Calibration calibration() {
        return pack.calibration();
    }

    @Override
    public List<FaceOutcome> analyse(Image image, Wanted wanted) {
        List<Judged> judged =
                detector.detect(image).stream().map(face -> judge(image, face, wanted)).toList();
        List<FaceInImage> fit =
                judged.stream()
                        .filter(face -> face.refusal().isEmpty())
                        .map(face -> new FaceInImage(image, face.face()))
                        .toList();
        List<Embedding> embeddings = embedder.embed(fit);
        List<FaceOutcome> outcomes = new ArrayList<>();
        int next = 0;
        for (Judged face : judged) {
            outcomes.add(
                    face.refusal().isPresent()
                            ? face.refusal().get()
                            : ready(image, face, embeddings.get(next++), wanted));
        }
        return outcomes;
    }

    private record Judged(
            DetectedFace face, Quality quality, Liveness liveness, Optional<FaceOutcome> refusal) {}

    private Judged judge(Image image, DetectedFace face, Wanted wanted) {
        Quality measured = quality.assess(image, face);
        if (wanted.quality() && !measured.passed()) {
            Liveness unseen = new Liveness.NotPerformed(List.of("quality_too_low"));
            return new Judged(
                    face, measured, unseen, Optional.of(new FaceOutcome.TooPoor(face, measured)));
        }
        Liveness seen =
                wanted.liveness()
                        ? liveness.check(image, face)
                        : new Liveness.NotPerformed(List.of("not_requested"));
        Optional<FaceOutcome> refusal =
                seen instanceof Liveness.Performed performed && !performed.passed()
                        ? Optional.of(new FaceOutcome.Spoof(face, measured, performed))
                        : Optional.empty();
        return new Judged(face, measured, seen, refusal);
    }

    private FaceOutcome ready(Image image, Judged face, Embedding embedding, Wanted wanted) {
        List<ExpressionScore> expressions =
                wanted.expression()
                        ? expression.map(e -> e.classify(image, face.face())).orElse(List.of())
                        : List.of();
        return new FaceOutcome.Ready(
                face.face(), face.quality(), face.liveness(), embedding, expressions);
    }

    @Override
    public void close() {
        parts.close();
    }
}
