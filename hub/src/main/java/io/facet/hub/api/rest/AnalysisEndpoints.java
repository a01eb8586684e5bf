package io.facet.hub.api.rest;

import io.facet.hub.api.json.AnalysisJson;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.recognition.FaceAnalysis;
import io.facet.hub.recognition.FaceAnalysis.Session;
import io.facet.hub.recognition.FaceAnalysis.Verification;
import io.facet.hub.security.Permission;
import io.facet.model.PersonId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Where faces are, how good, how alive, and whether two are one. */
final class AnalysisEndpoints {
    private static final String REFERENCE = "reference";
    private static final Schema.Fields NONE = Schema.object();

    private final FaceAnalysis analysis;
    private final int imageBytes;

    AnalysisEndpoints(FaceAnalysis analysis, int imageBytes) {
        this.analysis = analysis;
        this.imageBytes = imageBytes;
    }

    List<Endpoint> all() {
        Access may = new Access.Needs(Permission.RECOGNISE);
        return List.of(
                Endpoint.post(
                        "/api/v1/detect",
                        may,
                        picture("Find the faces of a picture", NONE, "Detection"),
                        this::detect),
                Endpoint.post(
                        "/api/v1/quality",
                        may,
                        picture(
                                "Measure the quality of the faces of a picture",
                                NONE,
                                "Measurement"),
                        this::quality),
                Endpoint.post(
                        "/api/v1/liveness",
                        may,
                        picture(
                                "Check whether somebody is present, over a session's pictures",
                                NONE.maybe("session_id", Plain.TEXT),
                                "LivenessCheck"),
                        this::liveness),
                Endpoint.post(
                        "/api/v1/verify",
                        may,
                        picture(
                                "Compare a face with a person, or with another picture",
                                NONE.maybe("person_id", Plain.ID)
                                        .maybe(REFERENCE, Plain.BINARY)
                                        .maybe("threshold", Plain.SHARE),
                                "Verification"),
                        this::verify));
    }

    private static Spec picture(String summary, Schema.Fields fields, String answer) {
        return Spec.of(summary).takesFile("image", fields).gives(Schema.ref(answer));
    }

    private Reply detect(Call call) throws IOException {
        return Reply.ok(AnalysisJson.detected(analysis.detect(body(call).image())));
    }

    private Reply quality(Call call) throws IOException {
        return Reply.ok(AnalysisJson.measured(analysis.quality(body(call).image())));
    }

    private Reply liveness(Call call) throws IOException {
        ImageBody body = body(call);
        Optional<Session> session =
                body.text("session_id").map(id -> new Session(id, call.principal().id()));
        return Reply.ok(AnalysisJson.liveness(analysis.liveness(body.image(), session)));
    }

    private Reply verify(Call call) throws IOException {
        ImageBody body =
                ImageBody.read(call, call.declared(), Set.of("image", REFERENCE), imageBytes);
        OptionalDouble threshold = RecognitionEndpoints.threshold(body);
        Optional<PersonId> person = body.text("person_id").map(PersonId::parse);
        boolean reference = body.has(REFERENCE);
        if (person.isPresent() == reference) {
            throw JsonFields.invalid("a face is compared with either person_id or reference");
        }
        Verification verification =
                person.isPresent()
                        ? analysis.verify(body.image(), person.get(), threshold)
                        : analysis.verify(body.image(), body.image(REFERENCE), threshold);
        return Reply.ok(AnalysisJson.verification(verification));
    }

    private ImageBody body(Call call) throws IOException {
        return ImageBody.read(call, call.declared(), imageBytes);
    }
}
