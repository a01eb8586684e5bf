package io.facet.vision.onnx;

import io.facet.model.FaceEvent.ExpressionScore;
import io.facet.vision.catalog.ModelSpec;
import io.facet.vision.catalog.ResolvedModel;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.embed.FaceInImage;
import io.facet.vision.expression.ExpressionClassifier;
import io.facet.vision.image.Image;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The expression network of face-api. Thread-safe. */
public final class OnnxExpression implements ExpressionClassifier, AutoCloseable {
    private final FaceNetwork network;
    private final ModelSpec.ExpressionNet spec;

    public OnnxExpression(OnnxRuntime runtime, ResolvedModel<ModelSpec.ExpressionNet> model) {
        this.spec = model.spec();
        this.network =
                new FaceNetwork(runtime, model, spec.crop(), spec.output(), spec.classes().size());
    }

    @Override
    public List<ExpressionScore> classify(Image image, DetectedFace face) {
        float[] row = network.run(List.of(new FaceInImage(image, face))).getFirst().row();
        List<ExpressionScore> scores = new ArrayList<>();
        for (int i = 0; i < row.length; i++) {
            scores.add(new ExpressionScore(spec.classes().get(i), row[i]));
        }
        scores.sort(Comparator.comparingDouble(ExpressionScore::probability).reversed());
        return scores;
    }

    @Override
    public void close() {
        network.close();
    }
}
