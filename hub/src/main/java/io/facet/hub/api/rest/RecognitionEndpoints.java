package io.facet.hub.api.rest;

import io.facet.hub.api.json.FaceJson;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.recognition.RecognitionService;
import io.facet.hub.recognition.RecognitionService.Options;
import io.facet.hub.security.Permission;
import io.facet.hub.watchlists.WatchlistId;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Who is in a picture. */
final class RecognitionEndpoints {
    private final RecognitionService recognition;
    private final int imageBytes;

    RecognitionEndpoints(RecognitionService recognition, int imageBytes) {
        this.recognition = recognition;
        this.imageBytes = imageBytes;
    }

    List<Endpoint> all() {
        Spec spec =
                Spec.of("Identify every face of a picture, and say why")
                        .takesFile(
                                "image",
                                Schema.object()
                                        .maybe("threshold", Plain.SHARE)
                                        .maybe("max_results", Plain.INTEGER)
                                        .maybe("watchlist", Plain.ID))
                        .gives(Schema.ref("Recognition"));
        return List.of(
                Endpoint.post(
                        "/api/v1/recognize",
                        new Access.Needs(Permission.RECOGNISE),
                        spec,
                        this::recognise));
    }

    private Reply recognise(Call call) throws IOException {
        ImageBody body = ImageBody.read(call, call.declared(), imageBytes);
        OptionalInt most = body.integer("max_results");
        if (most.isPresent() && (most.getAsInt() < 1 || most.getAsInt() > 100)) {
            throw JsonFields.invalid("max_results is 1 to 100");
        }
        Options options =
                new Options(threshold(body), most, body.text("watchlist").map(WatchlistId::parse));
        return Reply.ok(FaceJson.recognition(recognition.recognise(body.image(), options)));
    }

    static OptionalDouble threshold(ImageBody body) {
        OptionalDouble threshold = body.number("threshold");
        if (threshold.isPresent()
                && !(threshold.getAsDouble() >= 0 && threshold.getAsDouble() <= 1)) {
            throw JsonFields.invalid("threshold is 0 to 1");
        }
        return threshold;
    }
}
