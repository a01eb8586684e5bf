package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.FaceJson;
import io.facet.hub.api.json.Json;
import io.facet.hub.people.EnrolOutcome;
import io.facet.hub.people.Enrolment;
import io.facet.hub.people.Face;
import io.facet.hub.people.FacePage;
import io.facet.hub.people.OnDuplicate;
import io.facet.hub.people.PeopleService;
import io.facet.hub.security.Permission;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import io.facet.model.Quality;
import io.helidon.http.Method;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Enrolled faces: the brief's three calls and the picture. */
final class FaceEndpoints {
    private static final Set<String> FIELDS =
            Set.of("name", "metadata", "person_id", "external_id", "on_duplicate");

    private final PeopleService people;
    private final int imageBytes;

    FaceEndpoints(PeopleService people, int imageBytes) {
        this.people = people;
        this.imageBytes = imageBytes;
    }

    List<Endpoint> all() {
        Access read = new Access.Needs(Permission.READ_PEOPLE);
        Access manage = new Access.Needs(Permission.MANAGE_PEOPLE);
        return List.of(
                new Endpoint(Method.GET, "/api/faces", read, this::list),
                new Endpoint(Method.POST, "/api/faces/register", manage, this::register),
                new Endpoint(Method.DELETE, "/api/faces/delete/{face_id}", manage, this::delete),
                new Endpoint(
                        Method.GET, "/api/v1/faces/{face_id}/picture.jpg", read, this::picture));
    }

    private Reply list(Call call) {
        long offset = call.queryNumber("offset", 0, 0, Long.MAX_VALUE);
        int limit = (int) call.queryNumber("limit", 50, 1, PeopleService.MAX_PAGE);
        FacePage page = people.faces(offset, limit);
        ObjectNode json = Json.object();
        json.set("faces", Json.array(page.faces(), FaceJson::face));
        json.put("total", page.total());
        json.put("offset", page.offset());
        json.put("limit", limit);
        return Reply.ok(json);
    }

    private Reply register(Call call) throws IOException {
        ImageBody body = ImageBody.read(call, FIELDS, imageBytes);
        Enrolment enrolment =
                new Enrolment(
                        body.image(),
                        body.text("name").orElseThrow(() -> JsonFields.missing("name")),
                        body.text("person_id").map(PersonId::parse),
                        body.text("external_id"),
                        body.texts("metadata"),
                        body.text("on_duplicate")
                                .map(FaceEndpoints::onDuplicate)
                                .orElse(OnDuplicate.LINK));
        return switch (people.enrol(enrolment)) {
            case EnrolOutcome.Enrolled enrolled -> Reply.created(enrolled(enrolled));
            case EnrolOutcome.Refused refused -> throw new ProblemException(refused(refused));
            case EnrolOutcome.Duplicate duplicate ->
                    throw new ProblemException(duplicate(duplicate));
        };
    }

    private static OnDuplicate onDuplicate(String text) {
        for (OnDuplicate rule : OnDuplicate.values()) {
            if (rule.name().toLowerCase(Locale.ROOT).equals(text)) {
                return rule;
            }
        }
        throw JsonFields.invalid("on_duplicate is link, reject or allow");
    }

    private static ObjectNode enrolled(EnrolOutcome.Enrolled enrolled) {
        ObjectNode json = FaceJson.face(enrolled.face());
        json.put("new_person", enrolled.newPerson());
        return json;
    }

    private static ObjectNode refused(EnrolOutcome.Refused refused) {
        ObjectNode problem = Problem.of(refused.code(), refused.reason());
        refused.quality()
                .ifPresent(quality -> {
                    problem.put("quality_score", Json.rounded(quality.overall()));
                    problem.set("quality", FaceJson.quality(quality));
                    problem.set(
                            "reasons",
                            Json.array(quality.failures().toList(), FaceEndpoints::reason));
                });
        return problem;
    }

    private static ObjectNode reason(Quality.Component failed) {
        ObjectNode json = Json.object();
        json.put("key", failed.key());
        json.put("hint", failed.hint());
        return json;
    }

    private static ObjectNode duplicate(EnrolOutcome.Duplicate duplicate) {
        ObjectNode problem =
                Problem.of(
                        ErrorCode.ALREADY_EXISTS,
                        "this face is enrolled already; use on_duplicate link with the person's"
                                + " name, or allow");
        ObjectNode candidate = problem.putObject("candidate");
        candidate.put("face_id", duplicate.face().toString());
        candidate.put("person_id", duplicate.person().toString());
        candidate.put("name", duplicate.name());
        candidate.put("confidence", Json.rounded(duplicate.confidence()));
        candidate.put("similarity", Json.rounded(duplicate.similarity()));
        return problem;
    }

    private Reply delete(Call call) {
        Face deleted =
                people.deleteFace(call.path("face_id", FaceId::parse))
                        .orElseThrow(FaceEndpoints::noFace);
        ObjectNode json = Json.object();
        json.put("success", true);
        json.put("face_id", deleted.id().toString());
        json.put("name", deleted.name());
        json.put("person_id", deleted.person().toString());
        return Reply.ok(json);
    }

    private Reply picture(Call call) {
        return people.picture(call.path("face_id", FaceId::parse))
                .map(jpeg -> (Reply) new Reply.Bytes("image/jpeg", jpeg.bytes(), 0))
                .orElseThrow(FaceEndpoints::noFace);
    }

    private static FacetException noFace() {
        return new FacetException(ErrorCode.NOT_FOUND, "there is no such face");
    }
}
