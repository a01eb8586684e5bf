package io.facet.hub.store.postgres;

import io.facet.hub.people.Consent;
import io.facet.hub.people.ConsentStore;
import io.facet.model.PersonId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Consents in PostgreSQL. Thread-safe. */
public final class PostgresConsents implements ConsentStore {
    private static final String COLUMN = "consents.details";

    private final Database database;
    private final Vault vault;
    private final InstantSource clock;

    /** What the column holds. */
    record Details(String basis, String reference, String givenAt, @Nullable String withdrawnAt) {
        static Details of(Consent consent) {
            return new Details(
                    consent.basis(),
                    consent.reference(),
                    consent.givenAt().toString(),
                    consent.withdrawnAt().map(Instant::toString).orElse(null));
        }

        Consent consent() {
            return new Consent(
                    basis,
                    reference,
                    Instant.parse(givenAt),
                    Optional.ofNullable(withdrawnAt).map(Instant::parse));
        }
    }

    public PostgresConsents(Database database, Vault vault, InstantSource clock) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
    }

    @Override
    public Optional<Consent> get(PersonId person) {
        UUID id = person.value();
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT c.details, p.wrapped_key FROM consents c JOIN people p"
                                        + " USING (person_id) WHERE c.person_id = :id")
                        .bind("id", id)
                        .map((row, _) ->
                                Json.read(
                                                vault.personKey(id, Rows.bytes(row, "wrapped_key"))
                                                        .open(
                                                                COLUMN,
                                                                id,
                                                                Rows.bytes(row, "details")),
                                                Details.class)
                                        .consent())
                        .findOne());
    }

    @Override
    public boolean put(PersonId person, Consent consent) {
        UUID id = person.value();
        return database.transaction(handle -> {
            Optional<Vault.PersonKey> key = key(handle, id);
            key.ifPresent(k ->
                    handle.createUpdate(
                                    "INSERT INTO consents (person_id, details, recorded_at) VALUES"
                                            + " (:id, :details, :at) ON CONFLICT (person_id) DO"
                                            + " UPDATE SET details = :details, recorded_at = :at")
                            .bind("id", id)
                            .bind("details", k.seal(COLUMN, id, Json.bytes(Details.of(consent))))
                            .bind("at", Rows.at(clock.instant()))
                            .execute());
            return key.isPresent();
        });
    }

    /** Locked, so that nothing is stored under a key that is being destroyed. */
    private Optional<Vault.PersonKey> key(Handle handle, UUID id) {
        return handle.createQuery("SELECT wrapped_key FROM people WHERE person_id = :id FOR UPDATE")
                .bind("id", id)
                .map((row, _) -> vault.personKey(id, Rows.bytes(row, "wrapped_key")))
                .findOne();
    }
}
