package io.facet.vision.pipeline;

import io.facet.config.FacetConfig;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.lifecycle.Lifecycle;
import io.facet.model.Liveness;
import io.facet.vision.catalog.ModelSpec;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.vision.detect.FaceDetector;
import io.facet.vision.detect.PassingDetector;
import io.facet.vision.detect.SinglePass;
import io.facet.vision.embed.BatchingEmbedder;
import io.facet.vision.embed.FaceEmbedder;
import io.facet.vision.expression.ExpressionClassifier;
import io.facet.vision.landmark.LandmarkPredictor;
import io.facet.vision.liveness.LivenessDetector;
import io.facet.vision.onnx.MiniFasNetLiveness;
import io.facet.vision.onnx.OnnxEmbedder;
import io.facet.vision.onnx.OnnxExpression;
import io.facet.vision.onnx.OnnxLandmarks;
import io.facet.vision.onnx.OnnxRuntime;
import io.facet.vision.onnx.Processor;
import io.facet.vision.onnx.SsdDetector;
import io.facet.vision.onnx.YunetDetector;
import io.facet.vision.quality.FaceQuality;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Wires the stages of a pack. */
public final class VisionFactory {
    private static final int MAX_BATCH = 16;
    private static final Duration LINGER_ON_DEVICE = Duration.ofMillis(2);

    private final FacetConfig config;
    private final ResolvedPack pack;
    private final OnnxRuntime runtime;
    private final StageWatch watch = new StageWatch();
    private final Lifecycle parts = new Lifecycle();

    private VisionFactory(FacetConfig config, ResolvedPack pack, int cores) {
        this.config = config;
        this.pack = pack;
        this.runtime = new OnnxRuntime(config.models(), cores);
    }

    /**
     * Loads the networks of a pack that the configuration asks for, on all cores.
     *
     * @throws FacetException MODEL_CORRUPT or MODEL_UNAVAILABLE when a required stage cannot run
     */
    public static PackVision open(FacetConfig config, ResolvedPack pack) {
        return open(config, pack, Runtime.getRuntime().availableProcessors());
    }

    /** The same on a given number of cores. */
    public static PackVision open(FacetConfig config, ResolvedPack pack, int cores) {
        Processor.check();
        return new VisionFactory(config, pack, cores).wire();
    }

    private PackVision wire() {
        Optional<LandmarkPredictor> landmarks = landmarks();
        return new PackVision(
                pack,
                runtime,
                watch.detector(detector(landmarks)),
                watch.quality(new FaceQuality(config.quality(), landmarks)),
                watch.liveness(liveness()),
                embedder(),
                expression().map(watch::expression),
                landmarks,
                watch,
                parts);
    }

    private FaceDetector detector(Optional<LandmarkPredictor> landmarks) {
        return new PassingDetector(singlePass(landmarks), config.detection());
    }

    private SinglePass singlePass(Optional<LandmarkPredictor> landmarks) {
        return switch (pack.detector().spec()) {
            case ModelSpec.Yunet spec ->
                    parts.start(
                            "detector",
                            () ->
                                    new YunetDetector(
                                            runtime, pack.detector(), spec, config.detection()));
            case ModelSpec.SsdMobilenetV1 spec ->
                    parts.start(
                            "detector",
                            () ->
                                    new SsdDetector(
                                            runtime,
                                            pack.detector(),
                                            spec,
                                            config.detection(),
                                            landmarks.orElseThrow(this::noLandmarks)));
        };
    }

    private FacetException noLandmarks() {
        return new FacetException(
                ErrorCode.MODEL_UNAVAILABLE,
                "the detector of pack "
                        + pack.pack().name()
                        + " finds no points and the pack's landmark network is missing; run"
                        + " ./facet models fetch");
    }

    private FaceEmbedder embedder() {
        OnnxEmbedder network =
                parts.start(
                        "embedder", () -> new OnnxEmbedder(runtime, pack.embedder(), pack.space()));
        Duration linger =
                runtime.providerNames().getFirst().equals("cpu") ? Duration.ZERO : LINGER_ON_DEVICE;
        return parts.start(
                "batches",
                () ->
                        new BatchingEmbedder(
                                watch.embedder(network), runtime.calls(), MAX_BATCH, linger));
    }

    private LivenessDetector liveness() {
        if (!config.recognition().liveness()) {
            return (image, face) -> new Liveness.NotPerformed(List.of("switched_off"));
        } else if (pack.liveness().isEmpty()) {
            return (image, face) -> new Liveness.NotPerformed(List.of("model_missing"));
        }
        return parts.start(
                "liveness",
                () ->
                        new MiniFasNetLiveness(
                                runtime,
                                pack.liveness(),
                                config.recognition().livenessThreshold()));
    }

    private Optional<ExpressionClassifier> expression() {
        return config.recognition().expression()
                ? pack.expression()
                        .map(model ->
                                parts.start("expression", () -> new OnnxExpression(runtime, model)))
                : Optional.empty();
    }

    private Optional<LandmarkPredictor> landmarks() {
        return pack.landmarks()
                .map(model -> parts.start("landmarks", () -> new OnnxLandmarks(runtime, model)));
    }
}
