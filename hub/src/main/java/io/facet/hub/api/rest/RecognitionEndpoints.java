package io.facet.hub.api.rest;

import io.facet.hub.api.json.FaceJson;
import io.facet.hub.recognition.RecognitionService;
import io.facet.hub.recognition.RecognitionService.Options;
import io.facet.hub.security.Permission;
import io.helidon.http.Method;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Who is in a picture. */
final class RecognitionEndpoints {
    private final RecognitionService recognition;
    private final int imageBytes;

    RecognitionEndpoints(RecognitionService recognition, int imageBytes) {
        this.recognition = recognition;
        this.imageBytes = imageBytes;
    }

    List<Endpoint> all() {
        return List.of(
                new Endpoint(
                        Method.POST,
                        "/api/v1/recognize",
                        new Access.Needs(Permission.RECOGNISE),
                        this::recognise));
    }

    private Reply recognise(Call call) throws IOException {
        ImageBody body = ImageBody.read(call, Set.of("threshold", "max_results"), imageBytes);
        OptionalDouble threshold = body.number("threshold");
        if (threshold.isPresent()
                && !(threshold.getAsDouble() >= 0 && threshold.getAsDouble() <= 1)) {
            throw JsonFields.invalid("threshold is 0 to 1");
        }
        OptionalInt most = body.integer("max_results");
        if (most.isPresent() && (most.getAsInt() < 1 || most.getAsInt() > 100)) {
            throw JsonFields.invalid("max_results is 1 to 100");
        }
        return Reply.ok(
                FaceJson.recognition(
                        recognition.recognise(body.image(), new Options(threshold, most))));
    }
}
