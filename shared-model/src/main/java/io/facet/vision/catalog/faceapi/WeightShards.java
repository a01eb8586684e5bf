package io.facet.vision.catalog.faceapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.vision.catalog.onnxproto.FloatTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The weights of a TensorFlow.js model, by name. Quantised ones are {@code value = q * scale + min}
 * with q an unsigned byte, worked out in double and rounded to float, as TensorFlow.js does.
 */
final class WeightShards {
    private final Map<String, FloatTensor> tensors;

    private WeightShards(Map<String, FloatTensor> tensors) {
        this.tensors = tensors;
    }

    static WeightShards read(Path manifest, Path shard) {
        try {
            JsonNode groups = new JsonMapper().readTree(manifest.toFile());
            ByteBuffer bytes =
                    ByteBuffer.wrap(Files.readAllBytes(shard)).order(ByteOrder.LITTLE_ENDIAN);
            Map<String, FloatTensor> tensors = new HashMap<>();
            for (JsonNode weight : groups.path(0).path("weights")) {
                int[] shape = shape(weight.path("shape"));
                tensors.put(weight.path("name").asText(), tensor(weight, shape, bytes));
            }
            if (groups.size() != 1 || tensors.isEmpty() || bytes.hasRemaining()) {
                throw broken("the manifest does not describe the shard");
            }
            return new WeightShards(tensors);
        } catch (IOException unreadable) {
            throw new FacetException(
                    ErrorCode.MODEL_CORRUPT, "cannot read " + manifest.getFileName(), unreadable);
        }
    }

    FloatTensor get(String name) {
        FloatTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw broken("no weights " + name);
        }
        return tensor;
    }

    private static int[] shape(JsonNode dims) {
        int[] shape = new int[dims.size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = dims.get(i).asInt();
        }
        return shape;
    }

    private static FloatTensor tensor(JsonNode weight, int[] shape, ByteBuffer bytes) {
        int count = 1;
        for (int dim : shape) {
            count = Math.multiplyExact(count, dim);
        }
        JsonNode quantization = weight.path("quantization");
        boolean quantised = !quantization.isMissingNode();
        if (count < 0 || bytes.remaining() < (quantised ? count : count * (long) Float.BYTES)) {
            throw broken("the shard ends within " + weight.path("name").asText());
        }
        float[] values = new float[count];
        if (quantised) {
            requireType(quantization, "uint8");
            double scale = quantization.path("scale").asDouble();
            double min = quantization.path("min").asDouble();
            for (int i = 0; i < count; i++) {
                values[i] = (float) ((bytes.get() & 0xFF) * scale + min);
            }
        } else {
            requireType(weight, "float32");
            for (int i = 0; i < count; i++) {
                values[i] = bytes.getFloat();
            }
        }
        return new FloatTensor(values, shape);
    }

    private static void requireType(JsonNode node, String type) {
        if (!node.path("dtype").asText().equals(type)) {
            throw broken("weights of type " + node.path("dtype").asText());
        }
    }

    private static FacetException broken(String what) {
        return new FacetException(ErrorCode.MODEL_CORRUPT, "unexpected face-api model: " + what);
    }
}
