package io.facet.hub.store.postgres;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** The one row that says which installation a database belongs to. */
public final class Installation {
    private static final byte[] KNOWN = "facet".getBytes(StandardCharsets.UTF_8);
    private static final String COLUMN = "hub.key_check";

    private Installation() {}

    /**
     * The hub's id, made on the first start.
     *
     * @throws FacetException {@code INVALID_CONFIGURATION} when the master key is another than the
     *     one this database was encrypted with
     */
    public static UUID identify(Database database, Vault vault, UUID fresh, Instant now) {
        Row row =
                database.transaction(handle -> {
                    handle.createUpdate(
                                    "INSERT INTO hub (hub_id, key_check, created_at)"
                                            + " VALUES (:id, :check, :at)"
                                            + " ON CONFLICT DO NOTHING")
                            .bind("id", fresh)
                            .bind("check", vault.seal(COLUMN, fresh, KNOWN))
                            .bind("at", Rows.at(now))
                            .execute();
                    return handle.createQuery("SELECT hub_id, key_check FROM hub")
                            .map((r, _) ->
                                    new Row(Rows.uuid(r, "hub_id"), Rows.bytes(r, "key_check")))
                            .one();
                });
        try {
            vault.open(COLUMN, row.id(), row.check());
            return row.id();
        } catch (FacetException wrongKey) {
            throw new FacetException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "the master key is not the one this database is encrypted with; restore the"
                            + " key that belongs to it",
                    wrongKey);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    private record Row(UUID id, byte[] check) {}
}
