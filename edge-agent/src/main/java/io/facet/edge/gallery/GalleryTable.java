package io.facet.edge.gallery;

import io.facet.crypto.AtRest;
import io.facet.edge.sqlite.SqliteFile;
import io.facet.edge.sqlite.SqliteFile.Schema;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import io.facet.wire.GalleryTerms;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The rows of the gallery, templates and names encrypted under the box's key and tied to their
 * rows. Two generations may be there: the one in use, and the next while its snapshot comes in; a
 * snapshot cut short leaves the one in use untouched. Not thread-safe.
 */
final class GalleryTable implements AutoCloseable {
    static final Schema SCHEMA =
            new Schema(
                    2,
                    List.of(
                            """
                            CREATE TABLE face(
                              generation INTEGER NOT NULL, face_id BLOB NOT NULL,
                              person_id BLOB NOT NULL, template BLOB NOT NULL,
                              PRIMARY KEY (generation, face_id))
                            """,
                            "CREATE INDEX face_by_person ON face(generation, person_id)",
                            """
                            CREATE TABLE person(
                              generation INTEGER NOT NULL, person_id BLOB NOT NULL,
                              name BLOB NOT NULL,
                              PRIMARY KEY (generation, person_id)) WITHOUT ROWID
                            """,
                            """
                            CREATE TABLE head(
                              generation INTEGER NOT NULL, revision INTEGER NOT NULL,
                              space TEXT NOT NULL, dimension INTEGER NOT NULL,
                              digest_key BLOB, lease_left INTEGER NOT NULL,
                              lease_boot TEXT NOT NULL, lease_up INTEGER NOT NULL)
                            """,
                            "INSERT INTO head VALUES (1, 0, '', 0, NULL, 0, '', 0)"));
    private static final byte[] DIGEST_KEY = "digest_key".getBytes(StandardCharsets.UTF_8);

    private static final long UNLIMITED = -1;

    private final SqliteFile file;
    private final AtRest box;

    GalleryTable(SqliteFile file, AtRest box) {
        this.file = file;
        this.box = box;
    }

    /**
     * Where the gallery stands.
     *
     * @param digestKey of io.facet.wire.GalleryTerms; of zeros before the first page
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    record Head(long generation, long revision, String space, int dimension, byte[] digestKey) {}

    /** A face as stored. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    record Row(FaceId face, PersonId person, byte[] template) {}

    /** Takes one row at a time. */
    interface Rows<T> {
        void accept(T row) throws SQLException;
    }

    <T> T transaction(SqliteFile.Work<T> work) throws SQLException {
        return file.transaction(work);
    }

    Head head() throws SQLException {
        try (Statement statement = connection().createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT generation, revision, space, dimension, digest_key"
                                        + " FROM head")) {
            row.next();
            byte[] sealed = row.getBytes(5);
            return new Head(
                    row.getLong(1),
                    row.getLong(2),
                    row.getString(3),
                    row.getInt(4),
                    sealed == null ? new byte[GalleryTerms.BYTES] : box.open(sealed, DIGEST_KEY));
        }
    }

    Lease lease() throws SQLException {
        try (Statement statement = connection().createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT lease_left, lease_boot, lease_up FROM head")) {
            row.next();
            long left = row.getLong(1);
            BootTime.Reading at =
                    new BootTime.Reading(row.getString(2), Duration.ofMillis(row.getLong(3)));
            return new Lease(Duration.ofMillis(left), at, left == UNLIMITED);
        }
    }

    void lease(Lease lease) throws SQLException {
        try (PreparedStatement update =
                connection()
                        .prepareStatement(
                                "UPDATE head SET lease_left = ?, lease_boot = ?, lease_up = ?")) {
            update.setLong(1, lease.unlimited() ? UNLIMITED : Math.max(0, lease.left().toMillis()));
            update.setString(2, lease.at().boot());
            update.setLong(3, lease.at().up().toMillis());
            update.executeUpdate();
        }
    }

    /** Moves on, and forgets every generation but this one. */
    void become(long generation, long revision, EmbeddingSpace space, byte[] digestKey)
            throws SQLException {
        try (PreparedStatement update =
                connection()
                        .prepareStatement(
                                "UPDATE head SET generation = ?, revision = ?, space = ?,"
                                        + " dimension = ?, digest_key = ?")) {
            update.setLong(1, generation);
            update.setLong(2, revision);
            update.setString(3, space.id());
            update.setInt(4, space.dimension());
            update.setBytes(5, box.seal(digestKey, DIGEST_KEY));
            update.executeUpdate();
        }
        forgetAllBut(generation);
    }

    void forgetAllBut(long generation) throws SQLException {
        for (String table : List.of("face", "person")) {
            try (PreparedStatement delete =
                    connection()
                            .prepareStatement("DELETE FROM " + table + " WHERE generation <> ?")) {
                delete.setLong(1, generation);
                delete.executeUpdate();
            }
        }
    }

    void put(long generation, Row row, String name) throws SQLException {
        try (PreparedStatement insert =
                connection().prepareStatement("INSERT OR REPLACE INTO face VALUES (?, ?, ?, ?)")) {
            insert.setLong(1, generation);
            insert.setBytes(2, bytes(row.face()));
            insert.setBytes(3, bytes(row.person()));
            insert.setBytes(4, box.seal(row.template(), context(row.face(), row.person())));
            insert.executeUpdate();
        }
        rename(generation, row.person(), name);
    }

    void rename(long generation, PersonId person, String name) throws SQLException {
        try (PreparedStatement insert =
                connection().prepareStatement("INSERT OR REPLACE INTO person VALUES (?, ?, ?)")) {
            insert.setLong(1, generation);
            insert.setBytes(2, bytes(person));
            insert.setBytes(3, box.seal(name.getBytes(StandardCharsets.UTF_8), bytes(person)));
            insert.executeUpdate();
        }
    }

    /** Removes a face, and its person when that was the last one. */
    void removeFace(long generation, FaceId face) throws SQLException {
        List<Row> rows = find(generation, "face_id", bytes(face));
        delete("face", "face_id", generation, bytes(face));
        for (Row row : rows) {
            if (find(generation, "person_id", bytes(row.person())).isEmpty()) {
                delete("person", "person_id", generation, bytes(row.person()));
            }
        }
    }

    void removePerson(long generation, PersonId person) throws SQLException {
        delete("face", "person_id", generation, bytes(person));
        delete("person", "person_id", generation, bytes(person));
    }

    List<Row> face(long generation, FaceId face) throws SQLException {
        return find(generation, "face_id", bytes(face));
    }

    List<Row> facesOf(long generation, PersonId person) throws SQLException {
        return find(generation, "person_id", bytes(person));
    }

    /** Every face, in no order. */
    void faces(long generation, Rows<Row> to) throws SQLException {
        try (PreparedStatement select =
                connection()
                        .prepareStatement(
                                "SELECT face_id, person_id, template FROM face"
                                        + " WHERE generation = ?")) {
            select.setLong(1, generation);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    to.accept(row(row));
                }
            }
        }
    }

    /** A person as stored. */
    record Named(PersonId person, String name) {}

    /** Every person, in no order. */
    void people(long generation, Rows<Named> to) throws SQLException {
        try (PreparedStatement select =
                connection()
                        .prepareStatement(
                                "SELECT person_id, name FROM person WHERE generation = ?")) {
            select.setLong(1, generation);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    byte[] id = row.getBytes(1);
                    String name = new String(box.open(row.getBytes(2), id), StandardCharsets.UTF_8);
                    to.accept(new Named(new PersonId(uuid(id)), name));
                }
            }
        }
    }

    private List<Row> find(long generation, String column, byte[] id) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement select =
                connection()
                        .prepareStatement(
                                "SELECT face_id, person_id, template FROM face"
                                        + " WHERE generation = ? AND "
                                        + column
                                        + " = ?")) {
            select.setLong(1, generation);
            select.setBytes(2, id);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(row(row));
                }
            }
        }
        return rows;
    }

    private Row row(ResultSet row) throws SQLException {
        FaceId face = new FaceId(uuid(row.getBytes(1)));
        PersonId person = new PersonId(uuid(row.getBytes(2)));
        return new Row(face, person, box.open(row.getBytes(3), context(face, person)));
    }

    private void delete(String table, String column, long generation, byte[] id)
            throws SQLException {
        try (PreparedStatement delete =
                connection()
                        .prepareStatement(
                                "DELETE FROM "
                                        + table
                                        + " WHERE generation = ? AND "
                                        + column
                                        + " = ?")) {
            delete.setLong(1, generation);
            delete.setBytes(2, id);
            delete.executeUpdate();
        }
    }

    private Connection connection() {
        return file.connection();
    }

    private static byte[] context(FaceId face, PersonId person) {
        return ByteBuffer.allocate(32).put(bytes(face)).put(bytes(person)).array();
    }

    private static byte[] bytes(FaceId face) {
        return AtRest.bytes(face.value());
    }

    private static byte[] bytes(PersonId person) {
        return AtRest.bytes(person.value());
    }

    private static UUID uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    @Override
    public void close() throws SQLException {
        file.close();
    }
}
