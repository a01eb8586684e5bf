package io.facet.hub.store.postgres;

import io.facet.hub.events.EventStore;
import io.facet.model.Embedding;
import io.facet.model.FaceEvent;
import io.facet.model.Jpeg;
import io.facet.model.PersonId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Crops and embeddings of events: under the person's key when the event names one, else under the
 * hub's. Evidence of a person who was erased meanwhile is not kept.
 */
record Evidence(Vault vault) {
    private static final String INSERT =
            "INSERT INTO event_evidence (event_id, occurred_at, person_id, crop, space_id,"
                    + " dimension, embedding) VALUES (:id, :occurred, :person, :crop, :space,"
                    + " :dimension, :embedding)";

    /** An event with what is to be kept of its sighting. */
    record Kept(
            EventStore.Entry entry,
            Optional<PersonId> person,
            Optional<Jpeg> crop,
            Optional<Embedding> embedding) {
        static Kept of(EventStore.Entry entry) {
            return switch (entry.event()) {
                case FaceEvent.Recognised e ->
                        of(entry, Optional.of(e.identity().person()), e.sighting());
                case FaceEvent.RecognitionUpdated e ->
                        of(entry, Optional.of(e.identity().person()), e.sighting());
                case FaceEvent.UnknownSeen e -> of(entry, Optional.empty(), e.sighting());
                case FaceEvent.RecognitionRetracted _,
                        FaceEvent.CameraConnected _,
                        FaceEvent.CameraDisconnected _ ->
                        new Kept(entry, Optional.empty(), Optional.empty(), Optional.empty());
            };
        }

        private static Kept of(
                EventStore.Entry entry, Optional<PersonId> person, FaceEvent.Sighting s) {
            return new Kept(
                    entry,
                    person,
                    Optional.ofNullable(s.crop()),
                    Optional.ofNullable(s.embedding()));
        }

        Kept without() {
            return new Kept(entry, person, Optional.empty(), Optional.empty());
        }

        boolean isEmpty() {
            return crop.isEmpty() && embedding.isEmpty();
        }
    }

    /** The keys of everybody named, in one query; locked, so that none is destroyed meanwhile. */
    Map<PersonId, Vault.PersonKey> keys(Handle handle, List<Kept> events) {
        UUID[] people =
                events.stream()
                        .filter(e -> !e.isEmpty())
                        .flatMap(e -> e.person().stream())
                        .map(PersonId::value)
                        .distinct()
                        .toArray(UUID[]::new);
        Map<PersonId, Vault.PersonKey> keys = new HashMap<>();
        if (people.length > 0) {
            handle.createQuery(
                            "SELECT person_id, wrapped_key FROM people WHERE person_id ="
                                    + " ANY(:ids) ORDER BY person_id FOR SHARE")
                    .bindArray("ids", UUID.class, (Object[]) people)
                    .map((row, _) -> {
                        UUID id = Rows.uuid(row, "person_id");
                        return Map.entry(
                                new PersonId(id),
                                vault.personKey(id, Rows.bytes(row, "wrapped_key")));
                    })
                    .forEach(e -> keys.put(e.getKey(), e.getValue()));
        }
        return keys;
    }

    void insert(Handle handle, List<Kept> events, Map<PersonId, Vault.PersonKey> keys) {
        PreparedBatch batch = handle.prepareBatch(INSERT);
        for (Kept event : events) {
            if (!event.isEmpty()) {
                UUID id = event.entry().event().header().id().value();
                Optional<Vault.PersonKey> key = event.person().map(keys::get);
                batch.bind("id", id)
                        .bind("occurred", Rows.at(event.entry().occurredAt()))
                        .bindByType(
                                "person",
                                event.person().map(PersonId::value).orElse(null),
                                UUID.class)
                        .bindByType(
                                "crop",
                                event.crop()
                                        .map(c -> seal(key, "crop", id, c.bytes()))
                                        .orElse(null),
                                byte[].class)
                        .bindByType(
                                "space",
                                event.embedding().map(e -> e.space().id()).orElse(null),
                                String.class)
                        .bindByType(
                                "dimension",
                                event.embedding().map(e -> e.space().dimension()).orElse(null),
                                Integer.class)
                        .bindByType(
                                "embedding",
                                event.embedding()
                                        .map(e -> seal(key, "embedding", id, e.toBytes()))
                                        .orElse(null),
                                byte[].class)
                        .add();
            }
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    Jpeg crop(UUID event, Optional<Vault.PersonKey> key, byte[] sealed) {
        String column = "event_evidence.crop";
        return new Jpeg(
                key.map(k -> k.open(column, event, sealed))
                        .orElseGet(() -> vault.open(column, event, sealed)));
    }

    private byte[] seal(Optional<Vault.PersonKey> key, String column, UUID event, byte[] plain) {
        String name = "event_evidence." + column;
        return key.map(k -> k.seal(name, event, plain))
                .orElseGet(() -> vault.seal(name, event, plain));
    }
}
