package io.facet.vision.quality;

import io.facet.model.Point;
import java.util.Arrays;
import java.util.List;

/** How far eyes are open, 0 closed to 1 open. */
final class EyeOpenness {
    /** Pixels of the aligned face that an eye reaches to each side, brows left out. */
    private static final int REACH_X = 9;

    private static final int REACH_Y = 6;

    /** Less darkness than this is noise. */
    private static final float LEAST_DARKNESS = 3;

    private EyeOpenness() {}

    /**
     * From 68 points: the eye aspect ratio of Soukupova and Cech (2016), the mean of both eyes,
     * from 0.21 (closed) to 0.31 (open): the network of face-api never draws a shut eye as a line.
     * At its default limit 0.7 % of LFW's faces count as closed.
     */
    static float ofPoints(List<Point> points) {
        float ratio = (aspect(points, 36) + aspect(points, 42)) / 2;
        return Math.clamp((ratio - 0.21f) / (0.31f - 0.21f), 0f, 1f);
    }

    private static float aspect(List<Point> p, int at) {
        float upright =
                p.get(at + 1).distance(p.get(at + 5)) + p.get(at + 2).distance(p.get(at + 4));
        return upright / Math.max(1e-3f, 2 * p.get(at).distance(p.get(at + 3)));
    }

    /**
     * From the picture, where no 68 points are at hand: the iris of an open eye is a dark blob, the
     * lashes of a closed one are a dark line. The darkest square against the darkest level bar
     * about each eye, the mean of both eyes, from 0.55 (closed) to 0.85 (open). Catches only
     * plainly shut eyes.
     */
    static float ofPicture(GreyFace face) {
        float blob = (blob(face, GreyFace.LEFT_EYE) + blob(face, GreyFace.RIGHT_EYE)) / 2;
        return Math.clamp((blob - 0.55f) / (0.85f - 0.55f), 0f, 1f);
    }

    private static float blob(GreyFace face, Point eye) {
        float skin = skin(face, eye);
        float square = darkest(face, eye, skin, 5, 5);
        float bar = darkest(face, eye, skin, 7, 2);
        return square / Math.max(bar, LEAST_DARKNESS);
    }

    /** The luminance that six tenths of the eye's surroundings stay below. */
    private static float skin(GreyFace face, Point eye) {
        float[] values = new float[(2 * REACH_X + 1) * (2 * REACH_Y + 1)];
        int n = 0;
        for (int y = -REACH_Y; y <= REACH_Y; y++) {
            for (int x = -REACH_X; x <= REACH_X; x++) {
                values[n++] = face.at(Math.round(eye.x()) + x, Math.round(eye.y()) + y);
            }
        }
        Arrays.sort(values);
        return values[n * 6 / 10];
    }

    /** How much darker than skin the darkest rectangle of a size about the eye is. */
    private static float darkest(GreyFace face, Point eye, float skin, int width, int height) {
        float most = 0;
        for (int y = -REACH_Y; y + height <= REACH_Y + 1; y++) {
            for (int x = -REACH_X; x + width <= REACH_X + 1; x++) {
                float sum = 0;
                for (int i = 0; i < width * height; i++) {
                    int atX = Math.round(eye.x()) + x + i % width;
                    int atY = Math.round(eye.y()) + y + i / width;
                    sum += Math.max(0, skin - face.at(atX, atY));
                }
                most = Math.max(most, sum / (width * height));
            }
        }
        return most;
    }
}
