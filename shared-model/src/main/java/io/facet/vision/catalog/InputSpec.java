package io.facet.vision.catalog;

import java.util.List;

/**
 * How pixels enter a network: float32, N x 3 x height x width, planes in {@code colour} order, each
 * value {@code (pixel - mean[plane]) * scale[plane]} of a pixel 0 to 255.
 *
 * @param name the input tensor
 * @param width pixels; of a network of any size, the size to use when nothing else is asked for
 * @param height pixels, likewise
 * @param multiple both sides may be any multiple of this; 0 means exactly {@code width} x {@code
 *     height}
 * @param dynamicBatch whether N may be more than 1
 * @param mean one per plane, in the network's order
 * @param scale one per plane, in the network's order
 */
public record InputSpec(
        String name,
        int width,
        int height,
        int multiple,
        boolean dynamicBatch,
        ColourOrder colour,
        List<Float> mean,
        List<Float> scale) {
    public InputSpec {
        mean = List.copyOf(mean);
        scale = List.copyOf(scale);
        if (width < 1 || height < 1 || multiple < 0) {
            throw new IllegalArgumentException("a network input has a size");
        }
        if (mean.size() != 3 || scale.size() != 3) {
            throw new IllegalArgumentException("mean and scale have one value per colour plane");
        }
    }

    /** Whether any multiple of {@link #multiple} will do. */
    public boolean anySize() {
        return multiple > 0;
    }
}
