package io.facet.vision.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.Box;
import io.facet.model.Landmarks;
import io.facet.model.Point;
import io.facet.vision.catalog.ModelSpec;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.embed.FaceInImage;
import io.facet.vision.image.Image;
import io.facet.vision.image.ImageDecoder;
import io.facet.vision.pipeline.SelfTestReport.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Boxes, points and embeddings that an independent program found with YuNet and
 * face-reidentification-retail-0095: {@code [{image, faces: [{box, points, embedding}]}]}.
 */
final class GoldenPictures {
    private static final String EMBEDDER = "face-reidentification-retail-0095";
    private static final double SAME_EMBEDDING = 0.999;
    private static final double SAME_BOX = 0.8;

    /** Another detector and resampler find slightly other points. */
    private static final double SAME_PERSON = 0.93;

    private final PackVision vision;
    private double points = 1;
    private double boxes = 1;
    private double pictures = 1;
    private int faces;

    private GoldenPictures(PackVision vision) {
        this.vision = vision;
    }

    /** Whether the answers are those of this pack's networks. */
    static boolean fit(ResolvedPack pack) {
        return pack.embedder().id().equals(EMBEDDER)
                && pack.detector().spec() instanceof ModelSpec.Yunet;
    }

    /** Whether every picture that there are answers for is there. */
    static boolean haveAll(SelfTest.Reference reference) {
        try {
            for (JsonNode picture : new JsonMapper().readTree(reference.golden().toFile())) {
                if (!Files.isRegularFile(
                        reference.data().resolve(picture.path("image").asText()))) {
                    return false;
                }
            }
            return true;
        } catch (IOException unreadable) {
            throw new FacetException(
                    ErrorCode.NOT_FOUND,
                    "cannot read " + reference.golden() + "; check FACET_MODELS_MIRROR",
                    unreadable);
        }
    }

    static List<Check> check(PackVision vision, SelfTest.Reference reference) {
        GoldenPictures golden = new GoldenPictures(vision);
        try {
            JsonNode all = new JsonMapper().readTree(reference.golden().toFile());
            for (JsonNode picture : all) {
                golden.compare(picture, reference.data());
            }
        } catch (IOException unreadable) {
            throw new FacetException(
                    ErrorCode.NOT_FOUND,
                    "cannot read the golden pictures; check FACET_MODELS_MIRROR and"
                            + " FACET_TESTDATA",
                    unreadable);
        }
        return golden.checks();
    }

    private void compare(JsonNode picture, Path data) throws IOException {
        byte[] file = Files.readAllBytes(data.resolve(picture.get("image").asText()));
        Image image = new ImageDecoder(1 << 26, 1 << 26).decode(file);
        List<DetectedFace> found = vision.detector().detect(image);
        for (JsonNode face : picture.get("faces")) {
            DetectedFace expected = face(face);
            float[] embedding = floats(face.get("embedding"));
            points = Math.min(points, cosine(image, expected, embedding));
            Optional<DetectedFace> same =
                    found.stream()
                            .max(Comparator.comparingDouble(f -> f.box().iou(expected.box())));
            boxes = Math.min(boxes, same.map(f -> f.box().iou(expected.box())).orElse(0f));
            pictures = Math.min(pictures, same.map(f -> cosine(image, f, embedding)).orElse(0.0));
            faces++;
        }
    }

    private double cosine(Image image, DetectedFace face, float[] expected) {
        float[] actual =
                vision.embedder().embed(List.of(new FaceInImage(image, face))).getFirst().toArray();
        return Closeness.cosine(expected, actual);
    }

    private List<Check> checks() {
        String over = " over " + faces + " golden faces";
        return List.of(
                Check.atLeast(
                        "golden_points_embedding",
                        points,
                        SAME_EMBEDDING,
                        "worst cosine" + over + ", points given"),
                Check.atLeast(
                        "golden_picture_box", boxes, SAME_BOX, "worst overlap of boxes" + over),
                Check.atLeast(
                        "golden_picture_embedding",
                        pictures,
                        SAME_PERSON,
                        "worst cosine" + over + ", picture given"));
    }

    private static DetectedFace face(JsonNode face) {
        float[] box = floats(face.get("box"));
        JsonNode p = face.get("points");
        return new DetectedFace(
                new Box(box[0], box[1], box[2], box[3]),
                new Landmarks(
                        point(p.get(0)),
                        point(p.get(1)),
                        point(p.get(2)),
                        point(p.get(3)),
                        point(p.get(4))),
                face.get("score").floatValue());
    }

    private static Point point(JsonNode xy) {
        return new Point(xy.get(0).floatValue(), xy.get(1).floatValue());
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).floatValue();
        }
        return values;
    }
}
