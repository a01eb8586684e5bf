package io.facet.vision.align;

import io.facet.model.Box;
import io.facet.model.Landmarks;
import io.facet.model.Point;
import io.facet.vision.detect.DetectedFace;
import java.util.List;

/**
 * The mean upright face: its five points, those of the 112-pixel alignment template, and the box
 * that detectors put about them, the mean over faces of LFW. Networks that want a box of an upright
 * face get this one where a head leans. Stateless.
 */
public final class UprightFace {
    /** A roll, in radians, up to which a head counts as upright: 12 degrees. */
    private static final double LEVEL = 0.21;

    private static final Landmarks POINTS =
            new Landmarks(
                    new Point(38.2946f, 51.6963f),
                    new Point(73.5318f, 51.5014f),
                    new Point(56.0252f, 71.7366f),
                    new Point(41.5493f, 92.3655f),
                    new Point(70.7299f, 92.2041f));

    static final Point CENTRE = new Point(55.5f, 66);
    static final double WIDTH = 80;
    static final double HEIGHT = 102;

    private UprightFace() {}

    /** Whether a head leans so far that networks of upright faces misplace its points. */
    public static boolean leans(DetectedFace face) {
        return Math.abs(face.landmarks().roll()) > LEVEL;
    }

    /** Where the mean face lies on this one, by its points. */
    static Similarity2d on(DetectedFace face) {
        return Similarity2d.fit(POINTS.points(), face.landmarks().points());
    }

    /**
     * The points of a face of which only the box is sure, and roughly the lean. Whatever an ellipse
     * leans, the box about it has the same diagonal.
     *
     * @param roll in radians, as {@link Landmarks#roll}
     */
    public static Landmarks guess(Box box, double roll) {
        double scale = Math.hypot(box.width(), box.height()) / Math.hypot(WIDTH, HEIGHT);
        double a = scale * Math.cos(roll);
        double b = scale * Math.sin(roll);
        Similarity2d onBox =
                new Similarity2d(
                        a,
                        b,
                        box.centre().x() - a * CENTRE.x() + b * CENTRE.y(),
                        box.centre().y() - b * CENTRE.x() - a * CENTRE.y());
        List<Point> p = POINTS.points().stream().map(onBox::apply).toList();
        return new Landmarks(p.get(0), p.get(1), p.get(2), p.get(3), p.get(4));
    }
}
