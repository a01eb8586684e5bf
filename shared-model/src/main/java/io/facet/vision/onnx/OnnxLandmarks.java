package io.facet.vision.onnx;

import io.facet.model.Point;
import io.facet.vision.catalog.ModelSpec;
import io.facet.vision.catalog.ResolvedModel;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.embed.FaceInImage;
import io.facet.vision.image.AffineMap;
import io.facet.vision.image.Image;
import io.facet.vision.landmark.LandmarkPredictor;
import java.util.ArrayList;
import java.util.List;

/** The 68-point network of face-api. Thread-safe. */
public final class OnnxLandmarks implements LandmarkPredictor, AutoCloseable {
    private static final int POINTS = 68;

    private final FaceNetwork network;
    private final int side;

    public OnnxLandmarks(OnnxRuntime runtime, ResolvedModel<ModelSpec.Landmark68> model) {
        ModelSpec.Landmark68 spec = model.spec();
        this.side = spec.input().width();
        this.network = new FaceNetwork(runtime, model, spec.crop(), spec.output(), 2 * POINTS);
    }

    @Override
    public List<Point> predict(Image image, DetectedFace face) {
        FaceNetwork.Answer answer = network.run(List.of(new FaceInImage(image, face))).getFirst();
        List<Point> points = new ArrayList<>(POINTS);
        for (int i = 0; i < POINTS; i++) {
            points.add(inPicture(answer.row()[2 * i], answer.row()[2 * i + 1], answer.map()));
        }
        return points;
    }

    private Point inPicture(float x, float y, AffineMap map) {
        return map.apply(x * side - 0.5, y * side - 0.5);
    }

    @Override
    public void close() {
        network.close();
    }
}
