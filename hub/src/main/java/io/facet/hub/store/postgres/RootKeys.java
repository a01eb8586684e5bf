package io.facet.hub.store.postgres;

import io.facet.crypto.AtRest;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Keys that belong to no person, open in memory and wrapped in the database. Immutable. */
final class RootKeys {
    private static final List<String> NAMES =
            List.of("common", "digests", "gallery", "sealing", "signing", "tokens", "authority");

    private final Map<String, byte[]> keys;

    private RootKeys(Map<String, byte[]> keys) {
        this.keys = keys;
    }

    /**
     * Opens all, making those that are missing: at random in a new database, else as they were
     * derived from the master key before they were stored.
     */
    static RootKeys open(Database database, Wrapping wrapping, byte[] oldest, SecureRandom random) {
        return database.transaction(handle -> {
            boolean fresh =
                    handle.createQuery("SELECT count(*) FROM hub").mapTo(Long.class).one() == 0;
            for (String name : NAMES) {
                byte[] key =
                        fresh ? AtRest.newKey(random) : AtRest.derive(oldest, "facet/hub/" + name);
                handle.createUpdate(
                                "INSERT INTO root_keys (name, wrapped) VALUES (:name, :wrapped)"
                                        + " ON CONFLICT DO NOTHING")
                        .bind("name", name)
                        .bind("wrapped", wrapping.wrap(key, context(name)))
                        .execute();
            }
            return new RootKeys(read(handle, wrapping));
        });
    }

    private static Map<String, byte[]> read(Handle handle, Wrapping wrapping) {
        Map<String, byte[]> keys = new HashMap<>();
        wrapped(handle)
                .forEach((name, wrapped) -> {
                    try {
                        keys.put(name, wrapping.unwrap(wrapped, context(name)));
                    } catch (FacetException otherMaster) {
                        throw new FacetException(
                                ErrorCode.INVALID_CONFIGURATION,
                                "the master key is not the one this database is encrypted with;"
                                        + " restore the key that belongs to it",
                                otherMaster);
                    }
                });
        return keys;
    }

    private static Map<String, byte[]> wrapped(Handle handle) {
        Map<String, byte[]> wrapped = new HashMap<>();
        handle.createQuery("SELECT name, wrapped FROM root_keys")
                .map((row, _) -> Map.entry(Rows.text(row, "name"), Rows.bytes(row, "wrapped")))
                .forEach(e -> wrapped.put(e.getKey(), e.getValue()));
        return wrapped;
    }

    /** Puts all under the newest master key, within the caller's transaction. */
    static void rewrap(Handle handle, Wrapping wrapping) {
        wrapped(handle)
                .forEach((name, wrapped) ->
                        handle.createUpdate(
                                        "UPDATE root_keys SET wrapped = :wrapped WHERE name ="
                                                + " :name")
                                .bind("name", name)
                                .bind(
                                        "wrapped",
                                        wrapping.wrap(
                                                wrapping.unwrap(wrapped, context(name)),
                                                context(name)))
                                .execute());
    }

    byte[] key(String name) {
        byte[] key = keys.get(name);
        if (key == null) {
            throw new IllegalArgumentException("there is no root key " + name);
        }
        return key.clone();
    }

    private static byte[] context(String name) {
        return ("root_keys/" + name).getBytes(StandardCharsets.UTF_8);
    }
}
