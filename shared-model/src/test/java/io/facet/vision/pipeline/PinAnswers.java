package io.facet.vision.pipeline;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the self-test's pinned answers anew. Only for a change of networks or of the drawn face,
 * and only when {@link io.facet.vision.onnx.GoldenIT} and {@code ./facet eval} say that the
 * pipeline is right.
 */
final class PinAnswers {
    private PinAnswers() {}

    /** The one argument is the file to write. */
    public static void main(String[] args) throws IOException {
        Map<String, float[]> answers = new TreeMap<>();
        for (String pack : new String[] {"open", "starter"}) {
            try (PackVision vision = TestVision.open(pack)) {
                answers.putAll(new StageAnswers(vision).all());
            }
        }
        new JsonMapper().writeValue(Path.of(args[0]).toFile(), answers);
    }
}
