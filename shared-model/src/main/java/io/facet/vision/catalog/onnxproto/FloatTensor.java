package io.facet.vision.catalog.onnxproto;

import java.util.function.IntUnaryOperator;

/**
 * Numbers and their shape, row by row. Wraps the arrays it is given: whoever makes one hands them
 * over.
 */
public final class FloatTensor {
    private final float[] values;
    private final int[] shape;

    /**
     * Wraps values of a shape.
     *
     * @throws IllegalArgumentException when they do not fit
     */
    public FloatTensor(float[] values, int... shape) {
        int count = 1;
        for (int dim : shape) {
            count = Math.multiplyExact(count, dim);
        }
        if (count != values.length) {
            throw new IllegalArgumentException(
                    values.length + " values do not fill a shape of " + count);
        }
        this.values = values;
        this.shape = shape;
    }

    /** The values themselves, not a copy. */
    public float[] values() {
        return values;
    }

    public int size() {
        return values.length;
    }

    public int rank() {
        return shape.length;
    }

    public int dim(int axis) {
        return shape[axis];
    }

    /** A copy. */
    public int[] shape() {
        return shape.clone();
    }

    /** The same numbers under another shape. */
    public FloatTensor reshaped(int... newShape) {
        return new FloatTensor(values, newShape);
    }

    /** Axes in another order: axis i of the result is axis {@code order[i]} of this. */
    public FloatTensor transposed(int... order) {
        int rank = shape.length;
        int[] newShape = new int[rank];
        int[] strides = new int[rank];
        for (int i = 0; i < rank; i++) {
            newShape[i] = shape[order[i]];
            strides[i] = stride(order[i]);
        }
        return new FloatTensor(gather(source(newShape, strides)), newShape);
    }

    private int stride(int axis) {
        int stride = 1;
        for (int i = axis + 1; i < shape.length; i++) {
            stride *= shape[i];
        }
        return stride;
    }

    /** From an index of the transposed tensor to the index in this one. */
    private static IntUnaryOperator source(int[] newShape, int[] strides) {
        return index -> {
            int at = 0;
            int rest = index;
            for (int axis = newShape.length - 1; axis >= 0; axis--) {
                at += rest % newShape[axis] * strides[axis];
                rest /= newShape[axis];
            }
            return at;
        };
    }

    private float[] gather(IntUnaryOperator source) {
        float[] moved = new float[values.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = values[source.applyAsInt(i)];
        }
        return moved;
    }
}
