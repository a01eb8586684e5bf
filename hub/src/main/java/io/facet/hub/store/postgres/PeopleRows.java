package io.facet.hub.store.postgres;

import io.facet.hub.people.Face;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import io.facet.model.Jpeg;
import io.facet.model.Person;
import io.facet.model.PersonId;
import io.facet.model.Quality;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of people and faces, decrypted. Thread-safe. */
record PeopleRows(Vault vault) {
    static final String FACES =
            "SELECT f.face_id, f.person_id, f.details, f.added_at, p.wrapped_key, p.profile"
                    + " FROM faces f JOIN people p USING (person_id)";

    static final String PEOPLE =
            "SELECT p.person_id, p.wrapped_key, p.profile, p.created_at,"
                    + " (SELECT count(*) FROM faces f WHERE f.person_id = p.person_id) AS faces"
                    + " FROM people p";

    static final String TEMPLATES =
            "SELECT f.face_id, f.person_id, t.space_id, t.dimension, t.template, t.digest_term,"
                    + " p.wrapped_key, p.profile FROM face_templates t JOIN faces f USING (face_id)"
                    + " JOIN people p USING (person_id)";

    /** The key goes with the person's row; what it opened elsewhere is deleted all the same. */
    static final List<String> ERASURE =
            List.of(
                    PostgresClips.ERASURE,
                    "DELETE FROM event_evidence WHERE person_id = :id",
                    "UPDATE events SET has_crop = false WHERE person_id = :id AND has_crop",
                    KeptAnswers.FACES_FORGET,
                    "DELETE FROM faces WHERE person_id = :id",
                    "DELETE FROM people WHERE person_id = :id",
                    KeptAnswers.FORGET,
                    "INSERT INTO erasures (person_id, erased_at) VALUES (:id, :at)");

    /** What people.profile holds. */
    record Profile(String name, @Nullable String externalId, Map<String, String> metadata) {
        static Profile of(Person person) {
            return new Profile(person.name(), person.externalId(), person.metadata());
        }
    }

    /** What faces.details holds; components in the order of the brief. */
    record Details(
            float overall, List<Quality.Component> components, Map<String, String> metadata) {
        static Details of(Quality quality, Map<String, String> metadata) {
            return new Details(quality.overall(), quality.components(), metadata);
        }

        Quality quality() {
            return new Quality(
                    overall,
                    components.get(0),
                    components.get(1),
                    components.get(2),
                    components.get(3),
                    components.get(4),
                    components.get(5));
        }
    }

    /** A template, decrypted: little-endian float32; with what it counts for in the digest. */
    @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
    record Template(
            FaceId face,
            PersonId person,
            EmbeddingSpace space,
            byte[] bytes,
            byte[] term,
            String personName) {}

    Face face(ResultSet row) throws SQLException {
        UUID id = Rows.uuid(row, "face_id");
        UUID person = Rows.uuid(row, "person_id");
        Vault.PersonKey key = key(row, person);
        Details details =
                Json.read(key.open("faces.details", id, Rows.bytes(row, "details")), Details.class);
        return new Face(
                new FaceId(id),
                new PersonId(person),
                profile(row, person, key).name(),
                details.metadata(),
                details.quality(),
                Rows.instant(row, "added_at"));
    }

    Person person(ResultSet row) throws SQLException {
        UUID id = Rows.uuid(row, "person_id");
        Profile profile = profile(row, id, key(row, id));
        return new Person(
                new PersonId(id),
                profile.name(),
                profile.externalId(),
                profile.metadata(),
                Rows.instant(row, "created_at"));
    }

    Template template(ResultSet row) throws SQLException {
        UUID id = Rows.uuid(row, "face_id");
        UUID person = Rows.uuid(row, "person_id");
        Vault.PersonKey key = key(row, person);
        return new Template(
                new FaceId(id),
                new PersonId(person),
                space(row),
                key.open("faces.template", id, Rows.bytes(row, "template")),
                Rows.bytes(row, "digest_term"),
                profile(row, person, key).name());
    }

    Jpeg picture(ResultSet row) throws SQLException {
        UUID id = Rows.uuid(row, "face_id");
        Vault.PersonKey key = key(row, Rows.uuid(row, "person_id"));
        return new Jpeg(key.open("faces.picture", id, Rows.bytes(row, "picture")));
    }

    /** The name in a row with profile and key. */
    String name(ResultSet row) throws SQLException {
        UUID person = Rows.uuid(row, "person_id");
        return profile(row, person, key(row, person)).name();
    }

    byte[] externalIdDigest(String externalId) {
        return vault.digest("people.external_id", externalId);
    }

    private Vault.PersonKey key(ResultSet row, UUID person) throws SQLException {
        return vault.personKey(person, Rows.bytes(row, "wrapped_key"));
    }

    private static Profile profile(ResultSet row, UUID person, Vault.PersonKey key)
            throws SQLException {
        return Json.read(
                key.open("people.profile", person, Rows.bytes(row, "profile")), Profile.class);
    }

    private static EmbeddingSpace space(ResultSet row) throws SQLException {
        return new EmbeddingSpace(Rows.text(row, "space_id"), row.getInt("dimension"));
    }
}
