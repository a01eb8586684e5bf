package io.facet.edge.liveness;

import io.facet.model.Box;
import io.facet.model.Landmarks;
import io.facet.vision.image.Image;

/** The buffers that looks at all faces of a camera share. One thread. */
public final class LivenessTools {
    private final FacePatch patch = new FacePatch();
    private final PlaneFit fit = new PlaneFit();
    private final ScreenSigns signs = new ScreenSigns();

    /** The face in grey; valid until the next. */
    float[] patch(Image image, Landmarks face) {
        patch.draw(image, face);
        return patch.grey();
    }

    /** What of the change between two patches no flat picture could show. */
    float residual(float[] reference, float[] later) {
        fit.reference(reference);
        return fit.residual(later);
    }

    /** How far one frequency of the face's pixels stands out. */
    float pattern(Image image, Box face) {
        return signs.pattern(image, face);
    }

    /** How far straight edges run along the sides of the face. */
    float frame(Image image, Box face) {
        return signs.frame(image, face);
    }
}
