package io.facet.hub.store.postgres;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.events.HubEvent;
import io.facet.hub.people.Face;
import io.facet.hub.people.PeopleStore;
import io.facet.hub.people.PersonPage;
import io.facet.model.FaceId;
import io.facet.model.Jpeg;
import io.facet.model.Person;
import io.facet.model.PersonId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** People and faces in PostgreSQL, each person's under their own data key. Thread-safe. */
public final class PostgresPeople implements PeopleStore {
    private static final int FETCH = 500;

    private final Database database;
    private final PeopleRows rows;
    private final InstantSource clock;
    private final BiConsumer<PersonId, Instant> erased;
    private final Outbox outbox;

    /**
     * A store.
     *
     * @param erased writes down outside the database who is about to be erased
     * @param outbox told of every face that comes and goes
     */
    public PostgresPeople(
            Database database,
            Vault vault,
            InstantSource clock,
            BiConsumer<PersonId, Instant> erased,
            Outbox outbox) {
        this.outbox = outbox;
        this.erased = erased;
        this.database = database;
        this.rows = new PeopleRows(vault);
        this.clock = clock;
    }

    @Override
    public long add(NewFace face, Optional<Person> newPerson) {
        return database.transaction(handle -> {
            newPerson.ifPresent(person -> insert(handle, person));
            Vault.PersonKey key = key(handle, face.person());
            byte[] template = face.template().toBytes();
            byte[] term = rows.vault().galleryTerm(face.id(), face.person(), template);
            insert(handle, face, key);
            TemplateRows.insert(handle, face.id(), key, face.template(), term);
            tell(handle, face, newPerson);
            return new GalleryLog(handle, face.addedAt())
                    .put(face.id(), face.person(), face.template().space(), term);
        });
    }

    @Override
    public List<Face> page(long offset, int limit) {
        return database.transaction(handle ->
                handle.createQuery(
                                PeopleRows.FACES
                                        + " ORDER BY f.face_id OFFSET :offset LIMIT :limit")
                        .bind("offset", offset)
                        .bind("limit", limit)
                        .map((row, _) -> rows.face(row))
                        .list());
    }

    @Override
    public List<Face> pageAfter(Optional<FaceId> after, int limit) {
        return database.transaction(handle ->
                handle.createQuery(
                                PeopleRows.FACES
                                        + " WHERE f.face_id > :after ORDER BY f.face_id"
                                        + " LIMIT :limit")
                        .bind("after", after.map(FaceId::value).orElse(new UUID(0, 0)))
                        .bind("limit", limit)
                        .map((row, _) -> rows.face(row))
                        .list());
    }

    @Override
    public long countFaces() {
        return count("SELECT count(*) FROM faces");
    }

    @Override
    public Optional<Face> face(FaceId id) {
        return database.transaction(
                handle -> facesWhere(handle, "f.face_id", id.value()).stream().findFirst());
    }

    @Override
    public List<Face> facesOf(PersonId id) {
        return database.transaction(handle -> facesWhere(handle, "f.person_id", id.value()));
    }

    @Override
    public boolean updateMetadata(FaceId id, Map<String, String> metadata) {
        return database.transaction(handle -> {
            Optional<Face> face = facesWhere(handle, "f.face_id", id.value()).stream().findFirst();
            if (face.isEmpty()) {
                return false;
            }
            byte[] details = Json.bytes(PeopleRows.Details.of(face.get().quality(), metadata));
            Vault.PersonKey key = key(handle, face.get().person());
            handle.createUpdate("UPDATE faces SET details = :details WHERE face_id = :id")
                    .bind("details", key.seal("faces.details", id.value(), details))
                    .bind("id", id.value())
                    .execute();
            return true;
        });
    }

    @Override
    public Optional<Jpeg> picture(FaceId id) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT f.face_id, f.person_id, p.wrapped_key, f.picture"
                                        + " FROM faces f JOIN people p USING (person_id)"
                                        + " WHERE f.face_id = :id")
                        .bind("id", id.value())
                        .map((row, _) -> rows.picture(row))
                        .findOne());
    }

    @Override
    public Optional<Removed> remove(FaceId id) {
        return database.transaction(handle -> {
            List<Face> face = facesWhere(handle, "f.face_id", id.value());
            List<PeopleRows.Template> templates = templates(handle, "f.face_id", id.value());
            // Of two deletions of one face at a time, one finds the row gone.
            int gone =
                    handle.createUpdate("DELETE FROM faces WHERE face_id = :id")
                            .bind("id", id.value())
                            .execute();
            if (face.isEmpty() || gone == 0) {
                return Optional.empty();
            }
            tell(handle, face, clock.instant());
            GalleryLog log = new GalleryLog(handle, clock.instant());
            templates.forEach(t -> log.removed(id, t.person(), t.space(), t.term()));
            return Optional.of(new Removed(face, GalleryLog.head(handle)));
        });
    }

    @Override
    public List<PersonPage.Entry> people(long offset, int limit) {
        return database.transaction(handle ->
                handle.createQuery(
                                PeopleRows.PEOPLE
                                        + " ORDER BY p.person_id OFFSET :offset LIMIT :limit")
                        .bind("offset", offset)
                        .bind("limit", limit)
                        .map((row, _) ->
                                new PersonPage.Entry(rows.person(row), row.getLong("faces")))
                        .list());
    }

    @Override
    public List<PersonPage.Entry> peopleAfter(PersonId last, int limit) {
        return database.transaction(handle ->
                entries(
                        handle.createQuery(
                                        PeopleRows.PEOPLE
                                                + " WHERE p.person_id > :last ORDER BY p.person_id"
                                                + " LIMIT :limit")
                                .bind("last", last.value())
                                .bind("limit", limit)));
    }

    @Override
    public List<PersonPage.Entry> entries(Collection<PersonId> ids) {
        return database.transaction(handle ->
                entries(
                        handle.createQuery(
                                        PeopleRows.PEOPLE
                                                + " WHERE p.person_id = ANY(:ids) ORDER BY p.person_id")
                                .bindArray(
                                        "ids",
                                        UUID.class,
                                        ids.stream().map(PersonId::value).toArray())));
    }

    private List<PersonPage.Entry> entries(Query query) {
        return query.map((row, _) -> new PersonPage.Entry(rows.person(row), row.getLong("faces")))
                .list();
    }

    @Override
    public void eachName(BiConsumer<PersonId, String> visitor) {
        database.snapshot(handle -> {
            try (var people =
                    handle
                            .createQuery("SELECT person_id, wrapped_key, profile FROM people")
                            .setFetchSize(FETCH)
                            .map((row, _) ->
                                    Map.entry(
                                            new PersonId(Rows.uuid(row, "person_id")),
                                            rows.name(row)))
                            .stream()) {
                people.forEach(e -> visitor.accept(e.getKey(), e.getValue()));
            }
            return true;
        });
    }

    @Override
    public void create(Person person) {
        database.transaction(handle -> {
            insert(handle, person);
            return true;
        });
    }

    @Override
    public long countPeople() {
        return count("SELECT count(*) FROM people");
    }

    @Override
    public Optional<Person> person(PersonId id) {
        return database.transaction(handle -> find(handle, id));
    }

    private Optional<Person> find(Handle handle, PersonId id) {
        return handle.createQuery(PeopleRows.PEOPLE + " WHERE p.person_id = :id")
                .bind("id", id.value())
                .map((row, _) -> rows.person(row))
                .findOne();
    }

    @Override
    public Optional<PersonId> byExternalId(String externalId) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT person_id FROM people"
                                        + " WHERE external_id_digest = :digest")
                        .bind("digest", rows.externalIdDigest(externalId))
                        .map((row, _) -> new PersonId(Rows.uuid(row, "person_id")))
                        .findOne());
    }

    /** Those of them that are here. */
    public Collection<PersonId> held(Collection<PersonId> ids) {
        return database.transaction(handle ->
                handle.createQuery("SELECT person_id FROM people WHERE person_id = ANY(:ids)")
                        .bindArray("ids", UUID.class, ids.stream().map(PersonId::value).toArray())
                        .map((row, _) -> new PersonId(Rows.uuid(row, "person_id")))
                        .list());
    }

    @Override
    public Map<PersonId, String> names(Collection<PersonId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        UUID[] wanted = ids.stream().map(PersonId::value).toArray(UUID[]::new);
        Map<PersonId, String> names = new HashMap<>();
        database.transaction(handle -> {
            handle.createQuery(PeopleRows.PEOPLE + " WHERE p.person_id = ANY(:ids)")
                    .bindArray("ids", UUID.class, (Object[]) wanted)
                    .map((row, _) -> rows.person(row))
                    .forEach(person -> names.put(person.id(), person.name()));
            return true;
        });
        return names;
    }

    @Override
    public Optional<Long> update(Person changed) {
        return database.transaction(handle -> {
            Optional<Vault.PersonKey> key = maybeKey(handle, changed.id());
            if (key.isEmpty()) {
                return Optional.empty();
            }
            try {
                bindProfile(
                                handle.createUpdate(
                                        "UPDATE people SET profile = :profile,"
                                                + " external_id_digest = :digest"
                                                + " WHERE person_id = :id"),
                                changed,
                                key.get())
                        .execute();
            } catch (org.jdbi.v3.core.statement.UnableToExecuteStatementException failure) {
                throw Database.isDuplicate(failure) ? externalIdTaken() : failure;
            }
            return Optional.of(new GalleryLog(handle, clock.instant()).renamed(changed.id()));
        });
    }

    @Override
    public Optional<Removed> erase(PersonId id, Instant at) {
        return database.transaction(handle -> {
            if (maybeKey(handle, id).isEmpty()) {
                return Optional.empty();
            }
            List<Face> faces = facesWhere(handle, "f.person_id", id.value());
            List<PeopleRows.Template> templates = templates(handle, "f.person_id", id.value());
            erased.accept(id, at);
            for (String statement : PeopleRows.ERASURE) {
                handle.createUpdate(statement)
                        .bind("id", id.value())
                        .bind("at", Rows.at(at))
                        .execute();
            }
            tell(handle, faces, at);
            GalleryLog log = new GalleryLog(handle, at);
            long revision = log.removed(id);
            handle.createUpdate("UPDATE erasures SET revision = :revision WHERE person_id = :id")
                    .bind("revision", revision)
                    .bind("id", id.value())
                    .execute();
            templates.forEach(t -> log.forget(t.space(), t.term()));
            return Optional.of(new Removed(faces, revision));
        });
    }

    private void insert(Handle handle, Person person) {
        byte[] plain = rows.vault().newPersonKey();
        byte[] wrapped = rows.vault().wrapped(person.id().value(), plain);
        Vault.PersonKey key = rows.vault().newPerson(plain);
        try {
            bindProfile(
                            handle.createUpdate(
                                    "INSERT INTO people (person_id, wrapped_key, profile,"
                                            + " external_id_digest, created_at)"
                                            + " VALUES (:id, :key, :profile, :digest, :at)"),
                            person,
                            key)
                    .bind("key", wrapped)
                    .bind("at", Rows.at(person.createdAt()))
                    .execute();
            keepUp(handle, person, plain, wrapped);
        } catch (org.jdbi.v3.core.statement.UnableToExecuteStatementException failure) {
            throw Database.isDuplicate(failure) ? externalIdTaken() : failure;
        }
    }

    /** Rotations may have begun since the key was wrapped; the last waits for this transaction. */
    private void keepUp(Handle handle, Person person, byte[] plain, byte[] wrapped) {
        if (!rows.vault().wrapping().isNewest(wrapped)) {
            handle.createUpdate("UPDATE people SET wrapped_key = :key WHERE person_id = :id")
                    .bind("key", rows.vault().wrapped(person.id().value(), plain))
                    .bind("id", person.id().value())
                    .execute();
        }
    }

    private org.jdbi.v3.core.statement.Update bindProfile(
            org.jdbi.v3.core.statement.Update update, Person person, Vault.PersonKey key) {
        String externalId = person.externalId();
        byte[] digest = externalId == null ? null : rows.externalIdDigest(externalId);
        UUID id = person.id().value();
        byte[] profile = Json.bytes(PeopleRows.Profile.of(person));
        return update.bind("id", id)
                .bind("profile", key.seal("people.profile", id, profile))
                .bindByType("digest", digest, byte[].class);
    }

    private static void insert(Handle handle, NewFace face, Vault.PersonKey key) {
        UUID id = face.id().value();
        byte[] details = Json.bytes(PeopleRows.Details.of(face.quality(), face.metadata()));
        handle.createUpdate(
                        "INSERT INTO faces (face_id, person_id, picture, details, added_at) VALUES"
                                + " (:id, :person, :picture, :details, :at)")
                .bind("id", id)
                .bind("person", face.person().value())
                .bind("picture", key.seal("faces.picture", id, face.picture().bytes()))
                .bind("details", key.seal("faces.details", id, details))
                .bind("at", Rows.at(face.addedAt()))
                .execute();
    }

    private void tell(Handle handle, NewFace face, Optional<Person> newPerson) {
        String name = newPerson.or(() -> find(handle, face.person())).map(Person::name).orElse("");
        outbox.tell(
                handle,
                new HubEvent.FaceAdded(
                        face.id(), name, face.quality().overall(), face.addedAt(), face.person()),
                face.addedAt());
    }

    private void tell(Handle handle, List<Face> deleted, Instant at) {
        deleted.forEach(face ->
                outbox.tell(
                        handle,
                        new HubEvent.FaceDeleted(face.id(), face.name(), at, face.person()),
                        at));
    }

    private List<Face> facesWhere(Handle handle, String column, UUID value) {
        return handle.createQuery(
                        PeopleRows.FACES + " WHERE " + column + " = :v ORDER BY f.face_id")
                .bind("v", value)
                .map((row, _) -> rows.face(row))
                .list();
    }

    /** Of every space. */
    private List<PeopleRows.Template> templates(Handle handle, String column, UUID value) {
        return handle.createQuery(PeopleRows.TEMPLATES + " WHERE " + column + " = :v")
                .bind("v", value)
                .map((row, _) -> rows.template(row))
                .list();
    }

    private Vault.PersonKey key(Handle handle, PersonId person) {
        return maybeKey(handle, person)
                .orElseThrow(() ->
                        new FacetException(
                                ErrorCode.NOT_FOUND,
                                "there is no person "
                                        + person
                                        + "; enrol without person_id to make one"));
    }

    /** Locks the person, so that nothing is stored under a key that is being destroyed. */
    private Optional<Vault.PersonKey> maybeKey(Handle handle, PersonId person) {
        return handle.createQuery("SELECT wrapped_key FROM people WHERE person_id = :id FOR UPDATE")
                .bind("id", person.value())
                .map((row, _) -> Rows.bytes(row, "wrapped_key"))
                .findOne()
                .map(wrapped -> rows.vault().personKey(person.value(), wrapped));
    }

    private long count(String query) {
        return database.transaction(handle -> handle.createQuery(query).mapTo(Long.class).one());
    }

    private static FacetException externalIdTaken() {
        return new FacetException(
                ErrorCode.ALREADY_EXISTS,
                "another person has this external_id; enrol with that person's id instead");
    }
}
