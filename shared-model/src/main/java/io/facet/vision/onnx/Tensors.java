package io.facet.vision.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The memory one running call owns: direct buffers for its input and outputs, which the network
 * reads and writes in place, call after call. One thread at a time.
 */
final class Tensors implements AutoCloseable {
    private final FloatBuffer input;
    private final Map<String, FloatBuffer> outputs = new LinkedHashMap<>();
    private final Map<String, OnnxTensor> inputTensor;
    private final Map<String, OnnxTensor> outputTensors = new LinkedHashMap<>();

    Tensors(
            OrtEnvironment environment,
            String inputName,
            long[] inputShape,
            Map<String, long[]> outputShapes)
            throws OrtException {
        input = direct(inputShape);
        inputTensor = Map.of(inputName, OnnxTensor.createTensor(environment, input, inputShape));
        for (Map.Entry<String, long[]> output : outputShapes.entrySet()) {
            FloatBuffer buffer = direct(output.getValue());
            outputs.put(output.getKey(), buffer);
            outputTensors.put(
                    output.getKey(),
                    OnnxTensor.createTensor(environment, buffer, output.getValue()));
        }
    }

    FloatBuffer input() {
        return input;
    }

    FloatBuffer output(String name) {
        FloatBuffer buffer = outputs.get(name);
        if (buffer == null) {
            throw new IllegalArgumentException("no output " + name);
        }
        return buffer;
    }

    Map<String, OnnxTensor> inputTensor() {
        return inputTensor;
    }

    Map<String, OnnxTensor> outputTensors() {
        return outputTensors;
    }

    @Override
    public void close() {
        inputTensor.values().forEach(OnnxTensor::close);
        outputTensors.values().forEach(OnnxTensor::close);
    }

    private static FloatBuffer direct(long[] shape) {
        long floats = 1;
        for (long side : shape) {
            floats *= side;
        }
        return ByteBuffer.allocateDirect(Math.toIntExact(floats * Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
