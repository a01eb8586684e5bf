package io.facet.vision.catalog.faceapi;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.facet.vision.catalog.Crops;
import io.facet.vision.catalog.InputSpec;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One network in ONNX Runtime, fed with pictures of its input's size. */
final class Networks implements AutoCloseable {
    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

    private final OrtSession session;
    private final InputSpec input;

    Networks(Path onnx, InputSpec input) throws OrtException {
        this.session = ENVIRONMENT.createSession(onnx.toString());
        this.input = input;
    }

    /** Every output, flat. */
    Map<String, float[]> run(List<BufferedImage> images) throws OrtException {
        FloatBuffer pixels =
                FloatBuffer.allocate(images.size() * 3 * input.width() * input.height());
        images.forEach(image -> Crops.fill(pixels, image, input));
        long[] shape = {images.size(), 3, input.height(), input.width()};
        Map<String, float[]> outputs = new HashMap<>();
        try (OnnxTensor tensor = OnnxTensor.createTensor(ENVIRONMENT, pixels.flip(), shape);
                OrtSession.Result result = session.run(Map.of(input.name(), tensor))) {
            for (String name : session.getOutputNames()) {
                FloatBuffer values = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
                float[] copy = new float[values.remaining()];
                values.get(copy);
                outputs.put(name, copy);
            }
        }
        return outputs;
    }

    /** One output of one picture. */
    float[] run(BufferedImage image, String output) throws OrtException {
        float[] values = run(List.of(image)).get(output);
        if (values == null) {
            throw new IllegalArgumentException("no output " + output);
        }
        return values;
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
