package io.facet.hub.store.postgres;

import io.facet.hub.enrolments.EnrolmentJob;
import io.facet.hub.enrolments.EnrolmentJob.State;
import io.facet.hub.enrolments.EnrolmentResult;
import io.facet.hub.enrolments.EnrolmentStore;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Enrolment jobs in PostgreSQL. Thread-safe. */
public final class PostgresEnrolments implements EnrolmentStore {
    private static final String COLUMN = "enrolment_results.result";

    private final Database database;
    private final Vault vault;

    public PostgresEnrolments(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** What enrolment_results.result holds. */
    private record Stored(
            String file, String detail, @Nullable String faceId, @Nullable String personId) {}

    @Override
    public void add(EnrolmentJob job) {
        database.transaction(handle ->
                handle.createUpdate(
                                "INSERT INTO enrolment_jobs (job_id, state, started_by, started_at)"
                                        + " VALUES (:id, :state, :by, :at)")
                        .bind("id", job.id())
                        .bind("state", job.state().wireName())
                        .bind("by", job.by())
                        .bind("at", Rows.at(job.startedAt()))
                        .execute());
    }

    @Override
    public void counted(UUID job, int total) {
        database.transaction(handle ->
                handle.createUpdate("UPDATE enrolment_jobs SET total = :total WHERE job_id = :id")
                        .bind("total", total)
                        .bind("id", job)
                        .execute());
    }

    @Override
    public void add(UUID job, EnrolmentResult result) {
        UUID row = UUID.randomUUID();
        Stored stored =
                new Stored(
                        result.file(),
                        result.detail(),
                        result.face().map(FaceId::toString).orElse(null),
                        result.person().map(PersonId::toString).orElse(null));
        String counter = result.isEnrolled() ? "enrolled" : "refused";
        database.transaction(handle -> {
            handle.createUpdate(
                            "INSERT INTO enrolment_results (job_id, number, row_id, outcome,"
                                    + " result) VALUES (:job, :number, :row, :outcome, :result)")
                    .bind("job", job)
                    .bind("number", result.number())
                    .bind("row", row)
                    .bind("outcome", result.outcome())
                    .bind("result", vault.seal(COLUMN, row, Json.bytes(stored)))
                    .execute();
            return handle.createUpdate(
                            "UPDATE enrolment_jobs SET "
                                    + counter
                                    + " = "
                                    + counter
                                    + " + 1 WHERE job_id = :job")
                    .bind("job", job)
                    .execute();
        });
    }

    @Override
    public void end(UUID job, State state, Optional<String> failure, Instant at) {
        database.transaction(handle ->
                handle.createUpdate(
                                "UPDATE enrolment_jobs SET state = :state, failure = :failure,"
                                        + " ended_at = :at WHERE job_id = :id")
                        .bind("state", state.wireName())
                        .bindByType("failure", failure.orElse(null), String.class)
                        .bind("at", Rows.at(at))
                        .bind("id", job)
                        .execute());
    }

    @Override
    public int interruptAll(Instant at) {
        return database.transaction(handle ->
                handle.createUpdate(
                                "UPDATE enrolment_jobs SET state = 'interrupted', ended_at = :at"
                                        + " WHERE state = 'running'")
                        .bind("at", Rows.at(at))
                        .execute());
    }

    @Override
    public Optional<EnrolmentJob> get(UUID job) {
        return database.transaction(handle ->
                handle.createQuery("SELECT * FROM enrolment_jobs WHERE job_id = :id")
                        .bind("id", job)
                        .map((row, _) -> job(row))
                        .findOne());
    }

    @Override
    public List<EnrolmentJob> list(Optional<UUID> before, long offset, int limit) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT * FROM enrolment_jobs"
                                        + " WHERE (:before::uuid IS NULL OR job_id < :before)"
                                        + " ORDER BY job_id DESC OFFSET :offset LIMIT :limit")
                        .bindByType("before", before.orElse(null), UUID.class)
                        .bind("offset", offset)
                        .bind("limit", limit)
                        .map((row, _) -> job(row))
                        .list());
    }

    @Override
    public long count() {
        return database.transaction(handle ->
                handle.createQuery("SELECT count(*) FROM enrolment_jobs").mapTo(Long.class).one());
    }

    private static EnrolmentJob job(ResultSet row) throws SQLException {
        int total = row.getInt("total");
        boolean counted = !row.wasNull();
        return new EnrolmentJob(
                Rows.uuid(row, "job_id"),
                State.valueOf(Rows.text(row, "state").toUpperCase(Locale.ROOT)),
                Rows.text(row, "started_by"),
                Rows.instant(row, "started_at"),
                Rows.maybeInstant(row, "ended_at"),
                counted ? OptionalInt.of(total) : OptionalInt.empty(),
                row.getInt("enrolled"),
                row.getInt("refused"),
                Optional.ofNullable(row.getString("failure")));
    }

    @Override
    public List<EnrolmentResult> results(UUID job, int after, int limit) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT number, row_id, outcome, result FROM enrolment_results"
                                        + " WHERE job_id = :job AND number > :after"
                                        + " ORDER BY number LIMIT :limit")
                        .bind("job", job)
                        .bind("after", after)
                        .bind("limit", limit)
                        .map((row, _) -> result(row))
                        .list());
    }

    private EnrolmentResult result(ResultSet row) throws SQLException {
        byte[] plain = vault.open(COLUMN, Rows.uuid(row, "row_id"), Rows.bytes(row, "result"));
        Stored stored = Json.read(plain, Stored.class);
        return new EnrolmentResult(
                row.getInt("number"),
                stored.file(),
                Rows.text(row, "outcome"),
                stored.detail(),
                Optional.ofNullable(stored.faceId()).map(FaceId::parse),
                Optional.ofNullable(stored.personId()).map(PersonId::parse));
    }
}
