package io.facet.hub.recognition;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.Box;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** The face a picture is of. Stateless. */
final class MainFace {
    /** A face of at least this share of the main one's area is not in the background. */
    private static final float BESIDE = 1 / 3f;

    private MainFace() {}

    /** The largest face; {@code NO_FACE} without any. */
    static <F> F largest(List<F> faces, Function<F, Box> box) {
        return faces.stream()
                .max(Comparator.comparingDouble(face -> box.apply(face).area()))
                .orElseThrow(() ->
                        new FacetException(
                                ErrorCode.NO_FACE,
                                "no face was found; use a picture with one face, seen from the"
                                        + " front"));
    }

    /** The largest face; {@code SEVERAL_FACES} when another is nearly as large. */
    static <F> F only(List<F> faces, Function<F, Box> box) {
        F main = largest(faces, box);
        float enough = box.apply(main).area() * BESIDE;
        long large = faces.stream().filter(f -> box.apply(f).area() >= enough).count();
        if (large > 1) {
            throw new FacetException(
                    ErrorCode.SEVERAL_FACES, large + " faces were found; cut the picture to one");
        }
        return main;
    }
}
