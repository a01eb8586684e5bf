package io.facet.vision.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.model.Box;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.Landmarks;
import io.facet.model.Point;
import io.facet.vision.catalog.TestFolders;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.image.Image;
import io.facet.vision.image.ImageDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The independent program's answers, golden.json of the models folder. */
final class Golden {
    private Golden() {}

    record Face(DetectedFace face, Embedding embedding) {}

    record Picture(String name, Image image, List<Face> faces) {}

    static List<Picture> pictures(EmbeddingSpace space) throws IOException {
        ImageDecoder decoder = new ImageDecoder(1 << 26, 1 << 26);
        List<Picture> pictures = new ArrayList<>();
        for (JsonNode picture :
                new JsonMapper().readTree(TestFolders.models().resolve("golden.json").toFile())) {
            String name = picture.get("image").asText();
            byte[] file = Files.readAllBytes(TestFolders.data().resolve(name));
            List<Face> faces = new ArrayList<>();
            picture.get("faces").forEach(face -> faces.add(face(space, face)));
            pictures.add(new Picture(name, decoder.decode(file), faces));
        }
        return pictures;
    }

    private static Face face(EmbeddingSpace space, JsonNode face) {
        float[] box = floats(face.get("box"));
        JsonNode p = face.get("points");
        DetectedFace detected =
                new DetectedFace(
                        new Box(box[0], box[1], box[2], box[3]),
                        new Landmarks(
                                point(p.get(0)),
                                point(p.get(1)),
                                point(p.get(2)),
                                point(p.get(3)),
                                point(p.get(4))),
                        (float) face.get("score").asDouble());
        return new Face(detected, Embedding.normalised(space, floats(face.get("embedding"))));
    }

    private static Point point(JsonNode xy) {
        return new Point((float) xy.get(0).asDouble(), (float) xy.get(1).asDouble());
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.get(i).asDouble();
        }
        return values;
    }
}
