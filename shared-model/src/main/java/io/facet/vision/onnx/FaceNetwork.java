package io.facet.vision.onnx;

import io.facet.vision.align.FaceCropper;
import io.facet.vision.catalog.Crop;
import io.facet.vision.catalog.ModelSpec;
import io.facet.vision.catalog.ResolvedModel;
import io.facet.vision.embed.FaceInImage;
import io.facet.vision.image.AffineMap;
import io.facet.vision.image.Planes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A network that looks at one cropped face and answers a row of floats: embedder, liveness,
 * landmarks, expression. Thread-safe.
 */
final class FaceNetwork implements AutoCloseable {
    /** More faces than this take several calls, which bounds memory. */
    private static final int MAX_BATCH = 16;

    private final Network<Scratch> network;
    private final ModelSpec spec;
    private final String output;
    private final int columns;

    private record Scratch(List<Planes> planes, FaceCropper cropper) {}

    /** What the network said of a face, and where its input pixels came from. */
    static final class Answer {
        private final float[] row;
        private final AffineMap map;

        private Answer(float[] row, AffineMap map) {
            this.row = row;
            this.map = map;
        }

        /** The reader's own. */
        float[] row() {
            return row;
        }

        AffineMap map() {
            return map;
        }
    }

    FaceNetwork(
            OnnxRuntime runtime,
            ResolvedModel<? extends ModelSpec> model,
            Crop crop,
            String output,
            int columns) {
        this.spec = model.spec();
        this.output = output;
        this.columns = columns;
        this.network =
                new Network<>(
                        runtime,
                        model,
                        size -> Map.of(output, new long[] {size.batch(), columns}),
                        (tensors, size) ->
                                new Scratch(
                                        Inputs.planes(spec.input(), tensors, size),
                                        new FaceCropper(crop)));
    }

    /** One answer per face, in order. */
    List<Answer> run(List<FaceInImage> faces) {
        int batch = spec.input().dynamicBatch() ? MAX_BATCH : 1;
        List<Answer> answers = new ArrayList<>(faces.size());
        for (int from = 0; from < faces.size(); from += batch) {
            answers.addAll(batch(faces.subList(from, Math.min(faces.size(), from + batch))));
        }
        return answers;
    }

    private List<Answer> batch(List<FaceInImage> faces) {
        List<AffineMap> maps = new ArrayList<>(faces.size());
        return network.run(
                Network.Size.of(spec.input(), faces.size()),
                (tensors, scratch) -> {
                    for (int i = 0; i < faces.size(); i++) {
                        FaceInImage face = faces.get(i);
                        maps.add(
                                scratch.cropper.draw(
                                        face.image(), face.face(), scratch.planes.get(i)));
                    }
                    return maps;
                },
                (tensors, scratch) -> {
                    List<Answer> answers = new ArrayList<>(faces.size());
                    for (int i = 0; i < faces.size(); i++) {
                        float[] row = new float[columns];
                        tensors.output(output).get(i * columns, row);
                        answers.add(new Answer(row, maps.get(i)));
                    }
                    return answers;
                });
    }

    @Override
    public void close() {
        network.close();
    }
}
