package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.hub.api.json.FaceJson;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.people.EnrolOutcome;
import io.facet.hub.people.Enrolment;
import io.facet.hub.people.OnDuplicate;
import io.facet.hub.people.PeopleService;
import io.facet.model.Person;
import io.facet.model.PersonId;
import io.facet.model.Quality;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Enrols the picture of a request and answers for it. Stateless. */
record EnrolCall(PeopleService people, int imageBytes) {
    private static final Schema RULE = Schema.words("link", "reject", "allow");

    /** Of anybody. */
    static final Schema.Fields OF_ANYBODY =
            Schema.object()
                    .with("name", Plain.TEXT)
                    .maybe("metadata", Plain.TEXTS)
                    .maybe("person_id", Plain.ID)
                    .maybe("external_id", Plain.TEXT)
                    .maybe("on_duplicate", RULE);

    /** Of somebody whom the address names. */
    static final Schema.Fields OF_PERSON =
            Schema.object().maybe("metadata", Plain.TEXTS).maybe("on_duplicate", RULE);

    static Spec spec(String summary, Schema.Fields fields) {
        return Spec.of(summary).takesFile("image", fields).gives(201, Schema.ref("EnrolledFace"));
    }

    Reply ofAnybody(Call call) throws IOException {
        ImageBody body = ImageBody.read(call, call.declared(), imageBytes);
        return enrol(
                new Enrolment(
                        body.image(),
                        body.text("name").orElseThrow(() -> JsonFields.missing("name")),
                        body.text("person_id").map(PersonId::parse),
                        body.text("external_id"),
                        body.texts("metadata"),
                        rule(body)));
    }

    Reply ofPerson(Call call, Person person) throws IOException {
        ImageBody body = ImageBody.read(call, call.declared(), imageBytes);
        return enrol(
                new Enrolment(
                        body.image(),
                        person.name(),
                        Optional.of(person.id()),
                        Optional.empty(),
                        body.texts("metadata"),
                        rule(body)));
    }

    private Reply enrol(Enrolment enrolment) {
        return switch (people.enrol(enrolment)) {
            case EnrolOutcome.Enrolled enrolled -> Reply.created(enrolled(enrolled));
            case EnrolOutcome.Refused refused -> throw new ProblemException(refused(refused));
            case EnrolOutcome.Duplicate duplicate ->
                    throw new ProblemException(duplicate(duplicate));
        };
    }

    private static OnDuplicate rule(ImageBody body) {
        return body.text("on_duplicate").map(EnrolCall::onDuplicate).orElse(OnDuplicate.LINK);
    }

    static OnDuplicate onDuplicate(String text) {
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
                            "reasons", Json.array(quality.failures().toList(), EnrolCall::reason));
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
}
