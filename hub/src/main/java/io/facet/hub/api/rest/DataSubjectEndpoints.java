package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.events.EventClips;
import io.facet.hub.events.EventService;
import io.facet.hub.people.Consent;
import io.facet.hub.people.ConsentStore;
import io.facet.hub.people.PeopleService;
import io.facet.hub.security.Permission;
import io.facet.model.Person;
import io.facet.model.PersonId;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** What a person may ask for: what is kept of them, and on what ground. */
final class DataSubjectEndpoints {
    private static final String CONSENT = "/api/v1/people/{person_id}/consent";
    private static final Schema SHAPE = Schema.ref("Consent");

    private final PeopleService people;
    private final ConsentStore consents;
    private final PersonArchive archive;
    private final InstantSource clock;

    DataSubjectEndpoints(
            PeopleService people,
            ConsentStore consents,
            EventService events,
            EventClips clips,
            InstantSource clock) {
        this.people = people;
        this.consents = consents;
        this.archive = new PersonArchive(people, consents, events, clips);
        this.clock = clock;
    }

    List<Endpoint> all() {
        Access manage = new Access.Needs(Permission.MANAGE_PEOPLE);
        Spec show = Spec.of("Show on what ground a person is enrolled").gives(SHAPE);
        Spec note =
                Spec.of("Note on what ground a person is enrolled; given now unless said")
                        .takes(
                                Schema.object()
                                        .with("basis", Plain.TEXT)
                                        .maybe("reference", Plain.TEXT)
                                        .maybe("given_at", Plain.TIME)
                                        .maybe("withdrawn_at", Plain.TIME))
                        .gives(SHAPE);
        Spec export = Spec.of("Everything that is kept of a person").givesBytes("application/zip");
        return List.of(
                Endpoint.get(CONSENT, manage, show, this::get),
                Endpoint.put(CONSENT, manage, note, this::put),
                Endpoint.get("/api/v1/people/{person_id}/export", manage, export, this::export));
    }

    private Reply get(Call call) {
        return Reply.ok(describe(consents.get(person(call)).orElseThrow(this::none)));
    }

    private Reply put(Call call) throws IOException {
        JsonFields body = call.json();
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
