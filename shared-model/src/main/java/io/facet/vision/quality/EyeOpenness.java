package io.facet.vision.quality;

import io.facet.model.Point;
import java.util.List;

/** How far eyes are open, 0 closed to 1 open. */
final class EyeOpenness {
    private EyeOpenness() {}

    /**
     * From 68 points: the eye aspect ratio of Soukupova and Cech (2016), the mean of both eyes,
     * from 0.12 (closed) to 0.30 (open).
     */
    static float ofPoints(List<Point> points) {
        float ratio = (aspect(points, 36) + aspect(points, 42)) / 2;
        return Math.clamp((ratio - 0.12f) / (0.30f - 0.12f), 0f, 1f);
    }

    private static float aspect(List<Point> p, int at) {
        float upright =
                p.get(at + 1).distance(p.get(at + 5)) + p.get(at + 2).distance(p.get(at + 4));
        return upright / Math.max(1e-3f, 2 * p.get(at).distance(p.get(at + 3)));
    }

    /**
     * From the picture, where no 68 points are at hand: an open eye has the upright edges of its
     * iris, a closed one only the level line of its lashes. The share of gradient energy along x
     * about each eye; the better eye counts, as the other may be in shadow.
     */
    static float ofPicture(GreyFace face) {
        return Math.max(share(face, GreyFace.LEFT_EYE), share(face, GreyFace.RIGHT_EYE));
    }

    private static float share(GreyFace face, Point eye) {
        double level = 1;
        double upright = 1;
        for (int y = (int) eye.y() - 4; y <= (int) eye.y() + 4; y++) {
            for (int x = (int) eye.x() - 7; x <= (int) eye.x() + 7; x++) {
                double dx = face.at(x + 1, y) - face.at(x - 1, y);
                double dy = face.at(x, y + 1) - face.at(x, y - 1);
                level += dx * dx;
                upright += dy * dy;
            }
        }
        double share = level / (level + upright);
        return (float) Math.clamp((share - 0.1) / 0.4, 0, 1);
    }
}
