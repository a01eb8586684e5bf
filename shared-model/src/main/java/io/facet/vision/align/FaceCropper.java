package io.facet.vision.align;

import io.facet.model.Box;
import io.facet.model.Point;
import io.facet.vision.catalog.Crop;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.image.AffineMap;
import io.facet.vision.image.AffineSampler;
import io.facet.vision.image.AffineSampler.Beyond;
import io.facet.vision.image.Image;
import io.facet.vision.image.Planes;
import io.facet.vision.image.Window;

/** Draws what a network wants to see of a face. Not thread-safe, as its sampler. */
public final class FaceCropper {
    private final Crop rule;
    private final AffineSampler sampler = new AffineSampler();

    public FaceCropper(Crop rule) {
        this.rule = rule;
    }

    /**
     * Draws one face.
     *
     * @return where each target pixel came from
     * @throws IllegalArgumentException when the face has no extent inside the picture
     */
    public AffineMap draw(Image image, DetectedFace face, Planes target) {
        return switch (rule) {
            case Crop.FivePoints points -> align(image, face, points, target);
            case Crop.ScaledBox box -> stretch(image, face.box(), box.scale(), target);
            case Crop.LetterboxedBox box ->
                    UprightFace.leans(face)
                            ? letterboxLeaning(image, face, box.padding(), target)
                            : letterbox(image, face.box(), box.padding(), target);
        };
    }

    /** Fits the template to the face: distances in the picture are what least squares weigh. */
    private AffineMap align(Image image, DetectedFace face, Crop.FivePoints rule, Planes target) {
        AffineMap map = Similarity2d.fit(rule.template(), face.landmarks().points()).asMap();
        sampler.draw(image, Window.of(image), Beyond.BLACK, map, Window.of(target), target);
        return map;
    }

    private AffineMap stretch(Image image, Box box, float scale, Planes target) {
        Window seen = ScaledBoxes.window(box, scale, image.width(), image.height());
        AffineMap map = AffineMap.stretch(seen, Window.of(target));
        sampler.draw(image, seen, Beyond.NEAREST, map, Window.of(target), target);
        return map;
    }

    /** Pads the box to a centred square and stretches that, which keeps the aspect. */
    private AffineMap letterbox(Image image, Box box, float padding, Planes target) {
        Box grown =
                new Box(
                        box.x() - padding * box.width(),
                        box.y() - padding * box.height(),
                        box.width() * (1 + 2 * padding),
                        box.height() * (1 + 2 * padding));
        Window seen = wholePixels(grown.clipped(image.width(), image.height()));
        int side = Math.max(seen.width(), seen.height());
        Window square =
                new Window(
                        seen.x() - (side - seen.width()) / 2,
                        seen.y() - (side - seen.height()) / 2,
                        side,
                        side);
        AffineMap map = AffineMap.stretch(square, Window.of(target));
        sampler.draw(image, seen, Beyond.BLACK, map, Window.of(target), target);
        return map;
    }

    /**
     * The same for a head that leans: networks of upright faces misplace its points, so the square
     * leans with it.
     */
    private AffineMap letterboxLeaning(
            Image image, DetectedFace face, float padding, Planes target) {
        Similarity2d upright = UprightFace.on(face);
        double step = (1 + 2 * padding) * UprightFace.HEIGHT / target.width();
        Point corner =
                upright.apply(
                        new Point(
                                (float) (UprightFace.CENTRE.x() + step * (1 - target.width()) / 2),
                                (float)
                                        (UprightFace.CENTRE.y()
                                                + step * (1 - target.height()) / 2)));
        double a = upright.a() * step;
        double b = upright.b() * step;
        AffineMap map = new AffineMap(a, -b, corner.x() - 0.5, b, a, corner.y() - 0.5);
        int columns = (int) Math.round(target.width() * UprightFace.WIDTH / UprightFace.HEIGHT);
        Window drawn = new Window((target.width() - columns) / 2, 0, columns, target.height());
        sampler.draw(image, Window.of(image), Beyond.BLACK, map, drawn, target);
        return map;
    }

    private static Window wholePixels(Box inside) {
        int left = (int) inside.x();
        int top = (int) inside.y();
        return new Window(left, top, (int) inside.right() - left, (int) inside.bottom() - top);
    }
}
