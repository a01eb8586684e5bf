package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.FaceJson;
import io.facet.hub.api.json.Json;
import io.facet.hub.people.Face;
import io.facet.hub.people.PeopleService;
import io.facet.hub.people.PersonChange;
import io.facet.hub.people.PersonPage;
import io.facet.hub.security.Permission;
import io.facet.model.Person;
import io.facet.model.PersonId;
import io.helidon.http.Method;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** People, who have faces. */
final class PeopleEndpoints {
    private final PeopleService people;

    PeopleEndpoints(PeopleService people) {
        this.people = people;
    }

    List<Endpoint> all() {
        Access read = new Access.Needs(Permission.READ_PEOPLE);
        Access manage = new Access.Needs(Permission.MANAGE_PEOPLE);
        return List.of(
                new Endpoint(Method.GET, "/api/v1/people", read, this::list),
                new Endpoint(Method.GET, "/api/v1/people/{person_id}", read, this::get),
                new Endpoint(Method.PATCH, "/api/v1/people/{person_id}", manage, this::change),
                new Endpoint(Method.DELETE, "/api/v1/people/{person_id}", manage, this::erase));
    }

    private Reply list(Call call) {
        long offset = call.queryNumber("offset", 0, 0, Long.MAX_VALUE);
        int limit = (int) call.queryNumber("limit", 50, 1, PeopleService.MAX_PAGE);
        PersonPage page = people.people(offset, limit);
        ObjectNode json = Json.object();
        json.set("people", Json.array(page.people(), FaceJson::person));
        json.put("total", page.total());
        json.put("offset", page.offset());
        json.put("limit", limit);
        return Reply.ok(json);
    }

    private Reply get(Call call) {
        PersonId id = call.path("person_id", PersonId::parse);
        Person person = people.person(id).orElseThrow(PeopleEndpoints::nobody);
        return Reply.ok(withFaces(person));
    }

    private ObjectNode withFaces(Person person) {
        List<Face> faces = people.facesOf(person.id());
        ObjectNode json = FaceJson.person(person, faces.size());
        json.set("faces", Json.array(faces, FaceJson::face));
        return json;
    }

    private Reply change(Call call) throws IOException {
        PersonId id = call.path("person_id", PersonId::parse);
        JsonFields body = call.json(Set.of("name", "external_id", "metadata"));
        PersonChange change =
                new PersonChange(
                        body.text("name"), body.text("external_id"), body.texts("metadata"));
        change.name().ifPresent(Person::checkName);
        return Reply.ok(withFaces(people.update(id, change)));
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

    private static FacetException nobody() {
        return new FacetException(ErrorCode.NOT_FOUND, "there is no such person");
    }
}
