package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.FaceJson;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.people.Face;
import io.facet.hub.people.PeopleService;
import io.facet.hub.people.PersonChange;
import io.facet.hub.people.PersonPage;
import io.facet.hub.security.Permission;
import io.facet.model.Person;
import io.facet.model.PersonId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** People, who have faces. */
final class PeopleEndpoints {
    private static final String ONE = "/api/v1/people/{person_id}";
    private static final Schema.Fields CHANGE =
            Schema.object()
                    .maybe("name", Plain.TEXT)
                    .maybe("external_id", Plain.TEXT.orNull())
                    .maybe("metadata", Plain.TEXTS);
    private static final Schema WHOLE = Schema.ref("PersonWithFaces");

    private final PeopleService people;
    private final EnrolCall enrol;

    PeopleEndpoints(PeopleService people, int imageBytes) {
        this.people = people;
        this.enrol = new EnrolCall(people, imageBytes);
    }

    List<Endpoint> all() {
        Access read = new Access.Needs(Permission.READ_PEOPLE);
        Access manage = new Access.Needs(Permission.MANAGE_PEOPLE);
        Spec list =
                Spec.of("List or find people, in the order they were added")
                        .query("q", Plain.TEXT, "words of the name, whatever case and accents")
                        .query("external_id", Plain.TEXT, "the one who has this id")
                        .paged()
                        .gives(Paging.shape("people", Schema.ref("Person")));
        Spec faces =
                Spec.of("List a person's faces")
                        .paged()
                        .gives(Paging.shape("faces", Schema.ref("Face")));
        return List.of(
                Endpoint.get("/api/v1/people", read, list, this::list),
                Endpoint.post("/api/v1/people", manage, created(), this::create),
                Endpoint.get(ONE, read, tagged("Show a person with their faces"), this::get),
                Endpoint.patch(
                        ONE,
                        manage,
                        tagged("Change name, external id or metadata").takes(CHANGE),
                        this::change),
                Endpoint.delete(ONE, manage, erased(), this::erase),
                Endpoint.get(ONE + "/faces", read, faces, this::faces),
                Endpoint.post(
                        ONE + "/faces",
                        manage,
                        EnrolCall.spec("Enrol a face of a person", EnrolCall.OF_PERSON),
                        this::addFace));
    }

    private static Spec created() {
        return Spec.of("Add a person without a face yet")
                .takes(
                        Schema.object()
                                .with("name", Plain.TEXT)
                                .maybe("external_id", Plain.TEXT)
                                .maybe("metadata", Plain.TEXTS))
                .gives(201, WHOLE)
                .rule(Spec.Rule.TAGGED);
    }

    private static Spec tagged(String summary) {
        return Spec.of(summary).gives(WHOLE).rule(Spec.Rule.TAGGED);
    }

    private static Spec erased() {
        return Spec.of("Erase a person: faces, pictures and profile become unreadable")
                .gives(
                        Schema.object()
                                .with("success", Plain.TRUTH)
                                .with("person_id", Plain.ID)
                                .with("faces_erased", Plain.INTEGER));
    }

    private Reply list(Call call) {
        Paging paging = Paging.of(call, 50, PeopleService.MAX_PAGE);
        PersonPage page = page(call, paging);
        return Reply.ok(
                paging.page(
                        "people",
                        page.people(),
                        page.total(),
                        entry -> entry.person().id().toString(),
                        FaceJson::person));
    }

    /** One more than asked for, to know whether there is a next page. */
    private PersonPage page(Call call, Paging paging) {
        int rows = paging.limit() + 1;
        Optional<PersonId> after = paging.after().map(PersonId::parse);
        Optional<String> externalId = call.query("external_id");
        if (externalId.isPresent()) {
            List<PersonPage.Entry> found =
                    people.byExternalId(externalId.get())
                            .map(person -> people.entries(List.of(person.id())))
                            .orElse(List.of());
            return new PersonPage(found, 0, found.size());
        }
        Optional<String> words = call.query("q");
        if (words.isPresent()) {
            return people.search(words.get(), after, paging.offset(), rows);
        }
        return after.map(last -> people.peopleAfter(last, rows))
                .orElseGet(() -> people.people(paging.offset(), rows));
    }

    private Reply create(Call call) throws IOException {
        JsonFields body = call.json();
        Person person =
                people.create(
                        body.requiredText("name"),
                        body.text("external_id"),
                        body.texts("metadata").orElse(Map.of()));
        return Reply.createdTagged(withFaces(person));
    }

    private Reply get(Call call) {
        PersonId id = call.path("person_id", PersonId::parse);
        return Reply.tagged(withFaces(person(id)));
    }

    private ObjectNode withFaces(Person person) {
        List<Face> faces = people.facesOf(person.id());
        ObjectNode json = FaceJson.person(person, faces.size());
        json.set("faces", Json.array(faces, FaceJson::face));
        return json;
    }

    private Reply change(Call call) throws IOException {
        PersonId id = call.path("person_id", PersonId::parse);
        JsonFields body = call.json();
        PersonChange change =
                new PersonChange(
                        body.text("name"),
                        body.text("external_id"),
                        body.texts("metadata"),
                        body.isNull("external_id"));
        return Reply.tagged(
                withFaces(people.update(id, change, present -> call.ifMatch(withFaces(present)))));
    }

    private Reply erase(Call call) {
        PersonId id = call.path("person_id", PersonId::parse);
        List<Face> erased = people.erase(id).orElseThrow(PeopleEndpoints::nobody);
        ObjectNode json = Json.object();
        json.put("success", true);
        json.put("person_id", id.toString());
        json.put("faces_erased", erased.size());
        return Reply.ok(json);
    }

    private Reply faces(Call call) {
        Person person = person(call.path("person_id", PersonId::parse));
        return Reply.ok(
                Paging.of(call, 50, PeopleService.MAX_PAGE)
                        .cut(
                                "faces",
                                people.facesOf(person.id()),
                                face -> face.id().toString(),
                                FaceJson::face));
    }

    private Reply addFace(Call call) throws IOException {
        return enrol.ofPerson(call, person(call.path("person_id", PersonId::parse)));
    }

    private Person person(PersonId id) {
        return people.person(id).orElseThrow(PeopleEndpoints::nobody);
    }

    private static FacetException nobody() {
        return new FacetException(ErrorCode.NOT_FOUND, "there is no such person");
    }
}
