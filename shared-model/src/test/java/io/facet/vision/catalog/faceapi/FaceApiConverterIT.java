package io.facet.vision.catalog.faceapi;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.vision.catalog.Crop;
import io.facet.vision.catalog.Crops;
import io.facet.vision.catalog.ModelSpec;
import io.facet.vision.catalog.ResolvedModel;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.vision.catalog.TestFolders;
import io.facet.vision.catalog.TestPacks;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The converted networks against what is known of them from elsewhere. */
final class FaceApiConverterIT {
    private final ResolvedPack pack = TestPacks.pack("starter");

    /** 0.551 was measured with another program on the same pictures, stretched to 112 x 112. */
    @Test
    void expressionIsRightAsOftenAsTheReferenceOnFer() throws IOException, OrtException {
        ResolvedModel<ModelSpec.ExpressionNet> model = pack.expression().orElseThrow();
        Path root = TestFolders.data().resolve("fer2013-public-test");
        int pictures = 0;
        int right = 0;
        try (Networks network = new Networks(model.onnx(), model.spec().input())) {
            for (int label = 0; label < model.spec().classes().size(); label++) {
                Path folder = root.resolve(model.spec().classes().get(label).wireName());
                for (Path file : pictures(folder)) {
                    BufferedImage image = Crops.resized(ImageIO.read(file.toFile()), 112);
                    float[] probabilities = network.run(image, model.spec().output());
                    pictures++;
                    right += best(probabilities) == label ? 1 : 0;
                }
            }
        }
        assertThat(pictures).isEqualTo(3589);
        assertThat((double) right / pictures).isBetween(0.541, 0.561);
    }

    @Test
    void landmarksLieWhereTheGoldenPointsLie() throws IOException, OrtException {
        ResolvedModel<ModelSpec.Landmark68> model = pack.landmarks().orElseThrow();
        try (Networks network = new Networks(model.onnx(), model.spec().input())) {
            for (GoldenFace face : GoldenFace.all()) {
                double[] box = face.box();
                double side = Math.max(box[2], box[3]);
                double left = box[0] - (side - box[2]) / 2;
                double top = box[1] - (side - box[3]) / 2;
                BufferedImage crop = letterboxed(face, left, top, side);
                float[] out = network.run(crop, model.spec().output());

                double[][] five = five(out, left, top, side);

                double eyes =
                        Math.hypot(
                                face.points()[1][0] - face.points()[0][0],
                                face.points()[1][1] - face.points()[0][1]);
                double error = 0;
                for (int i = 0; i < 5; i++) {
                    error +=
                            Math.hypot(
                                            five[i][0] - face.points()[i][0],
                                            five[i][1] - face.points()[i][1])
                                    / 5;
                }
                assertThat(error / eyes).as(face.name()).isLessThan(0.15);
            }
        }
    }

    @Test
    void theDetectorFindsTheGoldenFaceAndNothingElse() throws IOException, OrtException {
        ModelSpec.SsdMobilenetV1 spec = (ModelSpec.SsdMobilenetV1) pack.detector().spec();
        GoldenFace face = GoldenFace.all().getFirst();
        BufferedImage image = face.image();
        try (Networks network = new Networks(pack.detector().onnx(), spec.input())) {
            var out = network.run(List.of(Crops.resized(image, spec.input().width())));
            float[] scores = out.getOrDefault("scores", new float[0]);
            float[] boxes = out.getOrDefault("boxes", new float[0]);

            assertThat(scores).hasSize(5118);
            assertThat(scores[best(scores)]).isGreaterThan(0.9f);
            for (int i = 0; i < scores.length; i++) {
                if (scores[i] > 0.5f) {
                    // face-api's boxes are tighter at the top than YuNet's.
                    assertThat(iou(boxes, i, image.getWidth(), face.box())).isGreaterThan(0.4);
                }
            }
            assertThat(iou(boxes, best(scores), image.getWidth(), face.box())).isGreaterThan(0.6);
        }
    }

    @Test
    void recognitionTellsPeopleApartAndABatchFromSingles() throws IOException, OrtException {
        ModelSpec.Embedder spec = pack.embedder().spec();
        List<GoldenFace> faces = GoldenFace.all();
        GoldenFace first = named(faces, "/obama.jpg");
        GoldenFace same = named(faces, "/obama2.jpg");
        GoldenFace other = named(faces, "/biden.jpg");
        try (Networks network = new Networks(pack.embedder().onnx(), spec.input())) {
            float[] a = network.run(aligned(first, spec), spec.output());
            float[] b = network.run(aligned(same, spec), spec.output());
            float[] c = network.run(aligned(other, spec), spec.output());
            float[] batch =
                    network.run(List.of(aligned(first, spec), aligned(same, spec)))
                            .getOrDefault(spec.output(), new float[0]);

            float threshold = pack.calibration().cosine(0.6f);
            assertThat(cosine(a, b)).isGreaterThan(threshold);
            assertThat(cosine(a, c)).isLessThan(threshold);
            assertThat(cosine(a, java.util.Arrays.copyOf(batch, 128))).isGreaterThan(0.99999);
        }
    }

    private record GoldenFace(String name, BufferedImage image, JsonNode json) {
        static List<GoldenFace> all() throws IOException {
            JsonNode pictures =
                    new JsonMapper().readTree(TestFolders.models().resolve("golden.json").toFile());
            List<GoldenFace> faces = new java.util.ArrayList<>();
            for (JsonNode picture : pictures) {
                String name = picture.get("image").asText();
                BufferedImage image = ImageIO.read(TestFolders.data().resolve(name).toFile());
                picture.get("faces").forEach(face -> faces.add(new GoldenFace(name, image, face)));
            }
            return faces;
        }

        double[] box() {
            return doubles(json.get("box"));
        }

        double[][] points() {
            double[][] points = new double[5][];
            for (int i = 0; i < 5; i++) {
                points[i] = doubles(json.get("points").get(i));
            }
            return points;
        }

        private static double[] doubles(JsonNode array) {
            double[] values = new double[array.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = array.get(i).asDouble();
            }
            return values;
        }
    }

    private static GoldenFace named(List<GoldenFace> faces, String end) {
        return faces.stream().filter(f -> f.name().endsWith(end)).findFirst().orElseThrow();
    }

    private static BufferedImage aligned(GoldenFace face, ModelSpec.Embedder spec) {
        double[][] template =
                ((Crop.FivePoints) spec.crop())
                        .template().stream()
                                .map(p -> new double[] {p.x(), p.y()})
                                .toArray(double[][]::new);
        return Crops.aligned(face.image(), face.points(), template, spec.input().width());
    }

    /** The box on black, centred in a square of {@code side}. */
    private static BufferedImage letterboxed(
            GoldenFace face, double left, double top, double side) {
        BufferedImage square =
                new BufferedImage(
                        (int) Math.round(side), (int) Math.round(side), BufferedImage.TYPE_INT_RGB);
        double[] box = face.box();
        for (int y = 0; y < square.getHeight(); y++) {
            for (int x = 0; x < square.getWidth(); x++) {
                int sx = (int) Math.round(left + x);
                int sy = (int) Math.round(top + y);
                boolean inside =
                        sx >= box[0]
                                && sy >= box[1]
                                && sx < box[0] + box[2]
                                && sy < box[1] + box[3]
                                && sx < face.image().getWidth()
                                && sy < face.image().getHeight();
                square.setRGB(x, y, inside ? face.image().getRGB(sx, sy) : 0);
            }
        }
        return Crops.resized(square, 112);
    }

    /** Eye centres, nose tip and mouth corners of the 68 points. */
    private static double[][] five(float[] out, double left, double top, double side) {
        return new double[][] {
            mean(out, 36, 41, left, top, side),
            mean(out, 42, 47, left, top, side),
            mean(out, 30, 30, left, top, side),
            mean(out, 48, 48, left, top, side),
            mean(out, 54, 54, left, top, side)
        };
    }

    private static double[] mean(
            float[] out, int from, int to, double left, double top, double side) {
        double x = 0;
        double y = 0;
        for (int i = from; i <= to; i++) {
            x += out[2 * i];
            y += out[2 * i + 1];
        }
        int count = to - from + 1;
        return new double[] {left + x / count * side, top + y / count * side};
    }

    private static double iou(float[] boxes, int i, int width, double[] box) {
        double x1 = boxes[4 * i] * width;
        double y1 = boxes[4 * i + 1] * width;
        double x2 = boxes[4 * i + 2] * width;
        double y2 = boxes[4 * i + 3] * width;
        double w = Math.min(x2, box[0] + box[2]) - Math.max(x1, box[0]);
        double h = Math.min(y2, box[1] + box[3]) - Math.max(y1, box[1]);
        double both = Math.max(0, w) * Math.max(0, h);
        return both / ((x2 - x1) * (y2 - y1) + box[2] * box[3] - both);
    }

    private static List<Path> pictures(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".jpg")).sorted().toList();
        }
    }

    private static int best(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return dot / Math.sqrt(aa * bb);
    }
}
