package io.facet.vision.pipeline;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What each network, known by the hash of its file, answered on {@link SyntheticFace} when it was
 * last known to be right: one processor, ONNX Runtime's own arithmetic.
 */
final class PinnedAnswers {
    static final String RESOURCE = "/io/facet/vision/pipeline/pinned-answers.json";

    private final Map<String, float[]> answers;

    private PinnedAnswers(Map<String, float[]> answers) {
        this.answers = answers;
    }

    static PinnedAnswers load() {
        try (InputStream in = PinnedAnswers.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + RESOURCE);
            }
            return new PinnedAnswers(
                    new JsonMapper().readValue(in, new TypeReference<Map<String, float[]>>() {}));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The answer pinned for a stage's networks; a copy. */
    Optional<float[]> of(String key) {
        float[] answer = answers.get(key);
        return answer == null
                ? Optional.empty()
                : Optional.of(Arrays.copyOf(answer, answer.length));
    }
}
