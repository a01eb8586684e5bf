package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.api.json.FaceJson;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.json.StoredEventJson;
import io.facet.hub.events.EventClips;
import io.facet.hub.events.EventPage;
import io.facet.hub.events.EventQuery;
import io.facet.hub.events.EventService;
import io.facet.hub.events.StoredEvent;
import io.facet.hub.people.ConsentStore;
import io.facet.hub.people.Face;
import io.facet.hub.people.PeopleService;
import io.facet.model.EventId;
import io.facet.model.Jpeg;
import io.facet.model.Person;
import io.facet.model.SiteScope;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Everything that is kept of a person, as a ZIP: person.json, faces/ and events/. Thread-safe. */
record PersonArchive(
        PeopleService people, ConsentStore consents, EventService events, EventClips clips) {
    private static final int PAGE = 500;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Writes it, one picture or film in memory at a time. */
    void write(Person person, SiteScope sites, OutputStream out) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            List<Face> faces = people.facesOf(person.id());
            ObjectNode json = FaceJson.person(person, faces.size());
            json.set("faces", Json.array(faces, FaceJson::face));
            consents.get(person.id())
                    .ifPresent(c -> json.set("consent", DataSubjectEndpoints.describe(c)));
            for (Face face : faces) {
                picture(zip, "faces/" + face.id() + ".jpg", people.picture(face.id()));
            }
            json.set("events", events(zip, person, sites));
            entry(
                    zip,
                    "person.json",
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
        }
    }

    private ArrayNode events(ZipOutputStream zip, Person person, SiteScope sites)
            throws IOException {
        ArrayNode all = Json.object().putArray("events");
        Optional<EventQuery.Cursor> place = Optional.empty();
        do {
            EventPage page =
                    events.page(
                            new EventQuery(
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.of(person.id()),
                                    Set.of(),
                                    sites,
                                    place,
                                    PAGE));
            for (StoredEvent event : page.events()) {
                all.add(StoredEventJson.event(event));
                EventId id = event.event().header().id();
                if (event.hasCrop()) {
                    picture(zip, "events/" + id + ".jpg", events.crop(id, sites));
                }
                if (event.hasClip()) {
                    entry(zip, "events/" + id + ".webm", clips.film(id, sites));
                }
            }
            place = page.next();
        } while (place.isPresent());
        return all;
    }

    private static void picture(ZipOutputStream zip, String name, Optional<Jpeg> picture)
            throws IOException {
        entry(zip, name, picture.map(Jpeg::bytes));
    }

    private static void entry(ZipOutputStream zip, String name, Optional<byte[]> bytes)
            throws IOException {
        if (bytes.isPresent()) {
            entry(zip, name, bytes.get());
        }
    }

    private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }
}
