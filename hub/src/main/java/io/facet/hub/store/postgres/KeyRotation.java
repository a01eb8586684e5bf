package io.facet.hub.store.postgres;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Puts every wrapped key under a new master key while the hub works. Each step is a transaction,
 * and what is done stays done: a hub that starts again with both keys goes on where it stopped.
 *
 * <p>A writer that wrapped under the old key and is not committed yet is waited for at the end, by
 * the lock; one that comes later sees the new key after its insert and wraps again
 * (PostgresPeople). Thread-safe.
 */
public final class KeyRotation {
    private static final int STEP = 500;

    private final Database database;
    private final Vault vault;

    public KeyRotation(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    /**
     * Wraps everything again; how many data keys that was. The old key is not needed when it
     * returns.
     */
    public synchronized long rotate(byte[] old, byte[] fresh) {
        vault.useMasters(List.of(fresh, old));
        long count = 0;
        int step;
        do {
            step = database.transaction(handle -> people(handle, STEP));
            count += step;
        } while (step > 0);
        count +=
                database.transaction(handle -> {
                    handle.execute("LOCK TABLE people, root_keys IN SHARE ROW EXCLUSIVE MODE");
                    RootKeys.rewrap(handle, vault.wrapping());
                    return people(handle, Integer.MAX_VALUE);
                });
        return count;
    }

    /** Whether nothing is under an older key. */
    public boolean isComplete() {
        byte[] prefix = vault.wrapping().newestPrefix();
        return database.transaction(handle ->
                handle.createQuery(
                                        "SELECT (SELECT count(*) FROM people WHERE substring("
                                                + "wrapped_key FOR :n) <> :prefix) + (SELECT"
                                                + " count(*) FROM root_keys WHERE"
                                                + " substring(wrapped FOR :n) <> :prefix)")
                                .bind("n", Wrapping.PREFIX)
                                .bind("prefix", prefix)
                                .mapTo(Long.class)
                                .one()
                        == 0);
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
    private record Wrapped(UUID person, byte[] key) {}

    private int people(Handle handle, int most) {
        List<Wrapped> old =
                handle.createQuery(
                                "SELECT person_id, wrapped_key FROM people WHERE"
                                        + " substring(wrapped_key FOR :n) <> :prefix ORDER BY"
                                        + " person_id LIMIT :most FOR UPDATE")
                        .bind("n", Wrapping.PREFIX)
                        .bind("prefix", vault.wrapping().newestPrefix())
                        .bind("most", most)
                        .map((row, _) ->
                                new Wrapped(
                                        Rows.uuid(row, "person_id"),
                                        Rows.bytes(row, "wrapped_key")))
                        .list();
        if (!old.isEmpty()) {
            var batch =
                    handle.prepareBatch(
                            "UPDATE people SET wrapped_key = :key WHERE person_id = :id");
            old.forEach(w ->
                    batch.bind("key", vault.rewrapped(w.person(), w.key()))
                            .bind("id", w.person())
                            .add());
            batch.execute();
        }
        return old.size();
    }
}
