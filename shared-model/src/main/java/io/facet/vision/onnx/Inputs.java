package io.facet.vision.onnx;

import io.facet.vision.catalog.ColourOrder;
import io.facet.vision.catalog.InputSpec;
import io.facet.vision.image.Planes;
import java.util.ArrayList;
import java.util.List;

/** The pictures of a batch as planes of one input buffer. */
final class Inputs {
    private Inputs() {}

    static List<Planes> planes(InputSpec spec, Tensors tensors, Network.Size size) {
        List<Planes> planes = new ArrayList<>();
        for (int i = 0; i < size.batch(); i++) {
            planes.add(
                    new Planes(
                            size.width(),
                            size.height(),
                            spec.colour() == ColourOrder.RGB,
                            floats(spec.mean()),
                            floats(spec.scale()),
                            tensors.input(),
                            i * 3 * size.width() * size.height()));
        }
        return planes;
    }

    private static float[] floats(List<Float> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i);
        }
        return floats;
    }
}
