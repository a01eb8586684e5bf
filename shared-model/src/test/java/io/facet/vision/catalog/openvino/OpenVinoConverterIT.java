package io.facet.vision.catalog.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.error.FacetException;
import io.facet.vision.catalog.ColourOrder;
import io.facet.vision.catalog.Crops;
import io.facet.vision.catalog.InputSpec;
import io.facet.vision.catalog.TestFolders;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenVinoConverterIT {
    private static final String NAME = "face-reidentification-retail-0095";
    private static final int SIDE = 128;
    private static final double[][] TEMPLATE = {
        {0.31556875 * SIDE, 0.4615741 * SIDE},
        {0.6826229 * SIDE, 0.4615741 * SIDE},
        {0.5002625 * SIDE, 0.6405054 * SIDE},
        {0.3494719 * SIDE, 0.8246920 * SIDE},
        {0.6534365 * SIDE, 0.8246920 * SIDE}
    };
    private static final InputSpec INPUT =
            new InputSpec(
                    "input",
                    SIDE,
                    SIDE,
                    0,
                    true,
                    ColourOrder.BGR,
                    List.of(0f, 0f, 0f),
                    List.of(1f, 1f, 1f));

    @Test
    void reproducesTheGoldenEmbeddingsInOneBatch() throws IOException, OrtException {
        List<BufferedImage> crops = new ArrayList<>();
        List<float[]> golden = new ArrayList<>();
        for (JsonNode picture : goldenPictures()) {
            Path file = TestFolders.data().resolve(picture.get("image").asText());
            BufferedImage image = ImageIO.read(file.toFile());
            for (JsonNode face : picture.get("faces")) {
                crops.add(Crops.aligned(image, points(face), TEMPLATE, SIDE));
                golden.add(floats(face.get("embedding")));
            }
        }

        float[][] embeddings = embed(convert(), crops);

        for (int i = 0; i < golden.size(); i++) {
            assertThat(embeddings[i]).hasSize(256);
            assertThat(cosine(embeddings[i], golden.get(i))).isGreaterThan(0.999);
        }
        assertThat(cosine(embeddings[0], golden.get(1))).isLessThan(0.5);
    }

    @Test
    void givesTheSameBytesEveryTime() {
        assertThat(convert()).isEqualTo(convert());
    }

    @Test
    void refusesAWeightsFileThatIsTooShort(@TempDir Path folder) throws IOException {
        Path mirror = TestFolders.models();
        byte[] bin = Files.readAllBytes(mirror.resolve(NAME + ".bin"));
        Path cut = folder.resolve("cut.bin");
        Files.write(cut, java.util.Arrays.copyOf(bin, bin.length - 2));

        assertThatThrownBy(() -> OpenVinoConverter.convert(mirror.resolve(NAME + ".xml"), cut))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("bin file");
    }

    private static byte[] convert() {
        Path mirror = TestFolders.models();
        return OpenVinoConverter.convert(
                mirror.resolve(NAME + ".xml"), mirror.resolve(NAME + ".bin"));
    }

    private static JsonNode goldenPictures() throws IOException {
        return new JsonMapper().readTree(TestFolders.models().resolve("golden.json").toFile());
    }

    private static double[][] points(JsonNode face) {
        double[][] points = new double[5][2];
        for (int i = 0; i < 5; i++) {
            points[i][0] = face.get("points").get(i).get(0).asDouble();
            points[i][1] = face.get("points").get(i).get(1).asDouble();
        }
        return points;
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.get(i).asDouble();
        }
        return values;
    }

    private static float[][] embed(byte[] onnx, List<BufferedImage> crops) throws OrtException {
        FloatBuffer pixels = FloatBuffer.allocate(crops.size() * 3 * SIDE * SIDE);
        crops.forEach(crop -> Crops.fill(pixels, crop, INPUT));
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(onnx);
                OnnxTensor input =
                        OnnxTensor.createTensor(
                                environment,
                                pixels.flip(),
                                new long[] {crops.size(), 3, SIDE, SIDE});
                OrtSession.Result result = session.run(Map.of("input", input))) {
            return (float[][]) result.get(0).getValue();
        }
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
