package io.facet.vision.catalog.faceapi;

import io.facet.vision.catalog.onnxproto.FloatTensor;

/** Folds per-channel scales and shifts into the weights before them. */
final class Folding {
    private Folding() {}

    /** Multiplies every value by the factor of its index on one axis. */
    static FloatTensor scaled(FloatTensor tensor, float[] factors, int axis) {
        int inner = 1;
        for (int i = axis + 1; i < tensor.rank(); i++) {
            inner *= tensor.dim(i);
        }
        float[] values = tensor.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factors[i / inner % tensor.dim(axis)];
        }
        return new FloatTensor(values, tensor.shape());
    }

    /** {@code x * factor + shift}, element by element. */
    static FloatTensor affine(FloatTensor vector, float[] factors, float[] shifts) {
        float[] values = vector.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] * factors[i] + shifts[i];
        }
        return new FloatTensor(values, vector.shape());
    }
}
