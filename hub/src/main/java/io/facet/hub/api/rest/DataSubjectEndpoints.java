package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.Json;
import io.facet.hub.events.EventService;
import io.facet.hub.people.Consent;
import io.facet.hub.people.ConsentStore;
import io.facet.hub.people.PeopleService;
import io.facet.hub.security.Permission;
import io.facet.model.Person;
import io.facet.model.PersonId;
import io.helidon.http.Method;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** What a person may ask for: what is kept of them, and on what ground. */
final class DataSubjectEndpoints {
    private static final String CONSENT = "/api/v1/people/{person_id}/consent";

    private final PeopleService people;
    private final ConsentStore consents;
    private final PersonArchive archive;
    private final InstantSource clock;

    DataSubjectEndpoints(
            PeopleService people, ConsentStore consents, EventService events, InstantSource clock) {
        this.people = people;
        this.consents = consents;
        this.archive = new PersonArchive(people, consents, events);
        this.clock = clock;
    }

    List<Endpoint> all() {
        Access manage = new Access.Needs(Permission.MANAGE_PEOPLE);
        return List.of(
                new Endpoint(Method.GET, CONSENT, manage, this::get),
                new Endpoint(Method.PUT, CONSENT, manage, this::put),
                new Endpoint(
                        Method.GET, "/api/v1/people/{person_id}/export", manage, this::export));
    }

    private Reply get(Call call) {
        return Reply.ok(describe(consents.get(person(call)).orElseThrow(this::none)));
    }

    private Reply put(Call call) throws IOException {
        JsonFields body = call.json(Set.of("basis", "reference", "given_at", "withdrawn_at"));
        Consent consent =
                new Consent(
                        body.requiredText("basis"),
                        body.text("reference").orElse(""),
                        body.instant("given_at").orElseGet(clock::instant),
                        body.instant("withdrawn_at"));
        if (!consents.put(person(call), consent)) {
            throw nobody();
        }
        return Reply.ok(describe(consent));
    }

    private Reply export(Call call) {
        Person person = people.person(person(call)).orElseThrow(DataSubjectEndpoints::nobody);
        return new Reply.Stream(
                "application/zip",
                "person-" + person.id() + ".zip",
                out -> archive.write(person, call.sites(), out));
    }

    static ObjectNode describe(Consent consent) {
        ObjectNode json = Json.object();
        json.put("basis", consent.basis());
        json.put("reference", consent.reference());
        json.put("given_at", Json.time(consent.givenAt()));
        consent.withdrawnAt().ifPresent(at -> json.put("withdrawn_at", Json.time(at)));
        return json;
    }

    private static PersonId person(Call call) {
        return call.path("person_id", PersonId::parse);
    }

    private FacetException none() {
        return new FacetException(ErrorCode.NOT_FOUND, "no consent is recorded");
    }

    private static FacetException nobody() {
        return new FacetException(ErrorCode.NOT_FOUND, "there is no such person");
    }
}
