package io.facet.eval;

import io.facet.model.Embedding;
import io.facet.model.Point;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.embed.FaceInImage;
import io.facet.vision.image.Image;
import io.facet.vision.pipeline.Vision;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The face a portrait is of: the one nearest the picture's centre. Stateless. */
public final class CentralFace {
    private CentralFace() {}

    /** Of the faces found, the one whose centre is nearest the picture's. */
    public static Optional<DetectedFace> of(Image image, List<DetectedFace> faces) {
        Point centre = new Point(image.width() / 2f, image.height() / 2f);
        return faces.stream()
                .min(Comparator.comparingDouble(face -> face.box().centre().distance(centre)));
    }

    /** Finds and embeds the central face; empty when there is none. */
    public static Optional<Embedding> embed(Vision vision, Image image) {
        return of(image, vision.detector().detect(image))
                .map(face -> vision.embedder().embed(List.of(new FaceInImage(image, face))))
                .map(List::getFirst);
    }
}
