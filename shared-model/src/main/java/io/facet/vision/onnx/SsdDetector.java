package io.facet.vision.onnx;

import io.facet.config.FacetConfig;
import io.facet.model.Box;
import io.facet.model.Landmarks;
import io.facet.model.Point;
import io.facet.vision.align.UprightFace;
import io.facet.vision.catalog.ModelSpec;
import io.facet.vision.catalog.ResolvedModel;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.detect.DetectorInput;
import io.facet.vision.detect.SinglePass;
import io.facet.vision.detect.Suppression;
import io.facet.vision.image.Image;
import io.facet.vision.image.Planes;
import io.facet.vision.image.Resampler;
import io.facet.vision.landmark.FivePoints;
import io.facet.vision.landmark.LandmarkPredictor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** SSD MobileNetV1 of face-api, with points from a landmark network. Thread-safe. */
public final class SsdDetector implements SinglePass, AutoCloseable {
    private static final int ANCHORS = 5118;

    private final Network<Scratch> network;
    private final ModelSpec.SsdMobilenetV1 spec;
    private final FacetConfig.Detection config;
    private final LandmarkPredictor points;

    private record Scratch(Planes planes, Resampler resampler) {}

    /**
     * Loads the network.
     *
     * @param points finds the points of each box; not closed by this
     */
    public SsdDetector(
            OnnxRuntime runtime,
            ResolvedModel<? extends ModelSpec.Detector> model,
            ModelSpec.SsdMobilenetV1 spec,
            FacetConfig.Detection config,
            LandmarkPredictor points) {
        this.spec = spec;
        this.config = config;
        this.points = points;
        this.network =
                new Network<>(
                        runtime,
                        model,
                        size ->
                                Map.of(
                                        "boxes", new long[] {1, ANCHORS, 4},
                                        "scores", new long[] {1, ANCHORS}),
                        (tensors, size) ->
                                new Scratch(
                                        Inputs.planes(spec.input(), tensors, size).getFirst(),
                                        new Resampler()));
    }

    @Override
    public List<DetectedFace> find(Image image, double zoom) {
        DetectorInput input =
                DetectorInput.fixed(
                        image.width(),
                        image.height(),
                        spec.input().width(),
                        spec.input().height(),
                        zoom);
        List<DetectedFace> boxes =
                network.run(
                        Network.Size.of(spec.input(), 1),
                        (tensors, scratch) -> {
                            scratch.resampler.letterbox(image, input.scale(), scratch.planes);
                            return scratch;
                        },
                        (tensors, scratch) -> decode(tensors, input, image));
        return Suppression.apply(boxes, spec.nmsIou()).stream()
                .map(face -> withPoints(image, face))
                .toList();
    }

    @Override
    public float nmsIou() {
        return spec.nmsIou();
    }

    @Override
    public int inputSize() {
        return spec.input().width();
    }

    private List<DetectedFace> decode(Tensors tensors, DetectorInput input, Image image) {
        FloatBuffer boxes = tensors.output("boxes");
        FloatBuffer scores = tensors.output("scores");
        float width = (float) (spec.input().width() / input.scale());
        float height = (float) (spec.input().height() / input.scale());
        List<DetectedFace> faces = new ArrayList<>();
        for (int i = 0; i < ANCHORS; i++) {
            if (scores.get(i) >= config.scoreThreshold()) {
                float left = boxes.get(4 * i) * width;
                float top = boxes.get(4 * i + 1) * height;
                float right = boxes.get(4 * i + 2) * width;
                float bottom = boxes.get(4 * i + 3) * height;
                Box box = new Box(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
                Box seen = box.clipped(image.width(), image.height());
                if (seen.width() >= 1 && seen.height() >= 1) {
                    faces.add(new DetectedFace(box, unknownPoints(box), scores.get(i)));
                }
            }
        }
        return faces;
    }

    /**
     * Looks again where the head leans: the first look is then poor, but good enough for the angle
     * at which to look at the box a second time, and that for where to look a third time.
     */
    private DetectedFace withPoints(Image image, DetectedFace face) {
        DetectedFace first = pointed(image, face);
        if (!UprightFace.leans(first)) {
            return first;
        }
        double roll = first.landmarks().roll();
        DetectedFace level =
                new DetectedFace(face.box(), UprightFace.guess(face.box(), roll), face.score());
        return pointed(image, pointed(image, level));
    }

    private DetectedFace pointed(Image image, DetectedFace face) {
        return new DetectedFace(
                face.box(), FivePoints.of(points.predict(image, face)), face.score());
    }

    /** Until the landmark network has looked: the middle of the box. */
    private static Landmarks unknownPoints(Box box) {
        Point middle = box.centre();
        return new Landmarks(middle, middle, middle, middle, middle);
    }

    @Override
    public void close() {
        network.close();
    }
}
