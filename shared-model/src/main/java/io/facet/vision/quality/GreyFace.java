package io.facet.vision.quality;

import io.facet.model.Landmarks;
import io.facet.model.Point;
import io.facet.vision.align.Similarity2d;
import io.facet.vision.image.AffineSampler;
import io.facet.vision.image.AffineSampler.Beyond;
import io.facet.vision.image.Image;
import io.facet.vision.image.Planes;
import io.facet.vision.image.Window;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The luminance of a face, 0 to 255, brought upright to one size, so that measures of faces of any
 * size compare. One thread at a time; each {@link #draw} replaces the face before.
 */
final class GreyFace {
    static final int SIDE = 112;

    /** Where the eyes lie after {@link #draw}. */
    static final Point LEFT_EYE = new Point(38.2946f, 51.6963f);

    static final Point RIGHT_EYE = new Point(73.5318f, 51.5014f);

    private static final List<Point> TEMPLATE =
            List.of(
                    LEFT_EYE,
                    RIGHT_EYE,
                    new Point(56.0252f, 71.7366f),
                    new Point(41.5493f, 92.3655f),
                    new Point(70.7299f, 92.2041f));

    /** The face without hair and background: an ellipse about the points. */
    private static final float CENTRE_X = 56;

    private static final float CENTRE_Y = 68;
    private static final float RADIUS_X = 33;
    private static final float RADIUS_Y = 42;

    private final AffineSampler sampler = new AffineSampler();
    private final float[] bgr = new float[3 * SIDE * SIDE];
    private final Planes planes =
            new Planes(
                    SIDE,
                    SIDE,
                    false,
                    new float[3],
                    new float[] {1, 1, 1},
                    FloatBuffer.wrap(bgr),
                    0);
    private final float[] luma = new float[SIDE * SIDE];

    void draw(Image image, Landmarks face) {
        sampler.draw(
                image,
                Window.of(image),
                Beyond.NEAREST,
                Similarity2d.fit(TEMPLATE, face.points()).asMap(),
                Window.of(planes),
                planes);
        int plane = SIDE * SIDE;
        for (int i = 0; i < plane; i++) {
            luma[i] = 0.114f * bgr[i] + 0.587f * bgr[plane + i] + 0.299f * bgr[2 * plane + i];
        }
    }

    float at(int x, int y) {
        return luma[y * SIDE + x];
    }

    /** Whether a pixel is part of the face. */
    static boolean inFace(int x, int y) {
        float dx = (x - CENTRE_X) / RADIUS_X;
        float dy = (y - CENTRE_Y) / RADIUS_Y;
        return dx * dx + dy * dy <= 1;
    }
}
