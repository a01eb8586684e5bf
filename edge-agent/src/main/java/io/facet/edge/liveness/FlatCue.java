package io.facet.edge.liveness;

import io.facet.model.Landmarks;
import io.facet.vision.image.Image;
import java.util.Arrays;

/**
 * Whether a face has changed, over some seconds, only as a flat picture does. Who stands there in
 * person turns, blinks or speaks; a print does nothing that a homography does not explain, however
 * it is waved about. A person who holds quite still for as long looks like one: this cue alone
 * makes a doubt, not an attack. One thread.
 */
final class FlatCue {
    /** Between two comparisons: long enough for a face to have changed. */
    private static final long SPACING = 400_000_000L;

    /** The same while the face moves as no print does: nothing is in doubt then. */
    private static final long LIVELY_SPACING = 3_200_000_000L;

    /** Comparisons with one reference before the next; about two seconds. */
    private static final int PER_REFERENCE = 5;

    private static final int MEMORY = 12;
    private static final int ENOUGH = 8;

    /** The faces of the measured prints stayed below, those of people went above. */
    static final float FLAT = 0.06f;

    /**
     * Below it, the patch is mostly made up by enlarging, which hides what would speak for life.
     */
    private static final float LEAST_EYES = 28;

    private final float[] reference = new float[FacePatch.SIDE * FacePatch.SIDE];
    private final float[] residuals = new float[MEMORY];
    private final float[] sorted = new float[MEMORY];
    private int compared;
    private int withReference = PER_REFERENCE;
    private long last;
    private boolean begun;

    /** Takes a look into account, when it is time for one. */
    void look(LivenessTools tools, Image image, Landmarks face, long nanos) {
        if ((begun && nanos - last < spacing()) || face.eyeDistance() < LEAST_EYES) {
            return;
        }
        begun = true;
        last = nanos;
        float[] patch = tools.patch(image, face);
        if (withReference == PER_REFERENCE) {
            withReference = 0;
            System.arraycopy(patch, 0, reference, 0, reference.length);
            return;
        }
        withReference++;
        residuals[compared % MEMORY] = tools.residual(reference, patch);
        compared++;
    }

    private long spacing() {
        return compared >= 2 && recent(1) > 2 * FLAT && recent(2) > 2 * FLAT
                ? LIVELY_SPACING
                : SPACING;
    }

    /** The residual so many comparisons ago; 1 is the last one. */
    private float recent(int ago) {
        return residuals[Math.floorMod(compared - ago, MEMORY)];
    }

    /** Whether the looks of the last seconds were enough, and nearly none changed. */
    boolean isFlat() {
        return compared >= ENOUGH && upper() < FLAT;
    }

    /** What all but the largest tenth of the residuals stay below. */
    float upper() {
        int count = Math.min(compared, MEMORY);
        if (count == 0) {
            return 0;
        }
        System.arraycopy(residuals, 0, sorted, 0, count);
        Arrays.sort(sorted, 0, count);
        return sorted[(count - 1) * 9 / 10];
    }
}
