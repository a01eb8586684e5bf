package io.facet.hub.store.postgres;

import io.facet.hub.people.Erasure;
import io.facet.hub.people.ErasureStore;
import io.facet.model.PersonId;
import java.util.Optional;

/** Erasures in PostgreSQL. Thread-safe. */
public record PostgresErasures(Database database) implements ErasureStore {
    @Override
    public Optional<Erasure> of(PersonId person) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT erased_at, revision FROM erasures WHERE person_id = :id"
                                        + " AND revision IS NOT NULL")
                        .bind("id", person.value())
                        .map((row, _) ->
                                new Erasure(
                                        Rows.instant(row, "erased_at"), row.getLong("revision")))
                        .findOne());
    }
}
