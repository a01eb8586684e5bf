package io.facet.hub;

import io.facet.config.FacetConfig;
import io.facet.crypto.KeyFile;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.backup.BackupKey;
import io.facet.hub.backup.Backups;
import io.facet.hub.backup.Manifest;
import io.facet.hub.security.Credentials;
import io.facet.hub.security.MasterKeySource;
import io.facet.hub.store.postgres.Database;
import io.facet.hub.store.postgres.DatabaseBackup;
import io.facet.hub.store.postgres.Vault;
import io.facet.lifecycle.Lifecycle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Restore of a backup into an empty folder and database. What can be refused is refused before
 * anything is touched, and a restore that fails later can be begun again. One thread.
 */
public final class RestoreRun {
    private final FacetConfig config;
    private final InstantSource clock;
    private final Backups.Watcher watcher;

    public RestoreRun(FacetConfig config, InstantSource clock, Backups.Watcher watcher) {
        this.config = config;
        this.clock = clock;
        this.watcher = watcher;
    }

    /**
     * What is restored.
     *
     * @param masterKey a copy of master.key, put into the folder; empty when it is there or
     *     configured
     * @param erasures a copy of erasures.log; empty when it is there
     * @param withoutErasures whether it may do without any list of erasures
     */
    public record From(
            Path file,
            BackupKey key,
            Optional<Path> masterKey,
            Optional<Path> erasures,
            boolean withoutErasures) {}

    /**
     * What was done.
     *
     * @param erasedAgain people who were erased after the backup
     * @param adminKey the file with a key that works
     */
    public record Done(String file, int tables, int erasedAgain, String adminKey) {}

    /**
     * Fills an empty data folder.
     *
     * @throws FacetException {@code INVALID_ARGUMENT}, {@code INVALID_CONFIGURATION}, {@code
     *     CONFLICT} when a hub is there already
     */
    public Done into(Path data, From from) {
        Manifest manifest = Backups.check(from.file(), from.key());
        try (Lifecycle parts = new Lifecycle()) {
            DataFolder folder = parts.start("data folder", () -> DataFolder.open(data));
            Optional<byte[]> masterKey = from.masterKey().map(RestoreRun::masterKey);
            checkMasterKey(manifest, folder, masterKey);
            checkErasures(folder, from);
            Database.Address address = Storage.place(config.database(), folder, parts).address();
            DatabaseBackup.Restore target = new DatabaseBackup.Restore(address);
            target.prepare(manifest.schema());
            masterKey.ifPresent(key -> KeyFile.write(folder.resolve("master.key"), key));
            from.erasures().ifPresent(folder.erasures()::merge);
            int tables = Backups.read(from.file(), from.key(), target, folder.resolve(""), watcher);
            target.complete();
            return finish(folder, address, from, tables, parts);
        }
    }

    private Done finish(
            DataFolder folder, Database.Address address, From from, int tables, Lifecycle parts) {
        Database database = parts.start("database", () -> Database.open(address));
        Vault vault = new Vault(database, source(folder).read().newestFirst());
        Stores stores = Stores.over(database, vault, clock, folder.erasures());
        int again = eraseAgain(folder, stores, clock);
        Credentials credentials = new Credentials(stores.credentials(), clock, new SecureRandom());
        FirstAdministrator.renew(credentials, folder);
        return new Done(
                from.file().toString(), tables, again, folder.resolve("admin-key").toString());
    }

    /** Whoever is in the folder's list and is back all the same; how many. */
    static int eraseAgain(DataFolder folder, Stores stores, InstantSource clock) {
        folder.erasures().ensure();
        return folder.erasures()
                .replay(
                        stores.people()::held,
                        person -> stores.people().erase(person, clock.instant()));
    }

    private static byte[] masterKey(Path from) {
        return MasterKeyFile.checked(
                KeyFile.read(from)
                        .orElseThrow(() ->
                                new FacetException(
                                        ErrorCode.INVALID_ARGUMENT,
                                        "there is no master key " + from)),
                from.toString());
    }

    private MasterKeySource source(DataFolder folder) {
        return MasterKeyElsewhere.configured(config.hub(), folder.resolve(""));
    }

    /** A restore never makes a new key, which would open nothing, and never loses one. */
    private void checkMasterKey(Manifest manifest, DataFolder folder, Optional<byte[]> given) {
        boolean inFile = source(folder) instanceof MasterKeyFile;
        Optional<byte[]> there =
                inFile ? KeyFile.read(folder.resolve("master.key")) : Optional.empty();
        if (given.isPresent() && !inFile) {
            throw new FacetException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "--master-key is for a key in the data folder; this configuration has it"
                            + " elsewhere");
        }
        if (given.isPresent() && there.isPresent() && !Arrays.equals(given.get(), there.get())) {
            throw new FacetException(
                    ErrorCode.CONFLICT,
                    "another master.key is in the data folder; restore into an empty one");
        }
        if (inFile && given.isEmpty() && there.isEmpty()) {
            throw new FacetException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "put the backup's master.key into the data folder first, or name it with"
                            + " --master-key");
        }
        MasterKeySource.Keys keys =
                given.map(key -> new MasterKeySource.Keys(key, Optional.empty()))
                        .orElseGet(() -> source(folder).read());
        if (!keys.newestFirst().stream()
                .map(DatabaseBackup::masterName)
                .collect(Collectors.toSet())
                .containsAll(manifest.masterKeys())) {
            throw new FacetException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "the master key is not the one this backup was made under; after a rotation"
                            + " an older backup needs the older key");
        }
    }

    private static void checkErasures(DataFolder folder, From from) {
        if (from.erasures().isEmpty()
                && !from.withoutErasures()
                && !Files.exists(folder.resolve("erasures.log"))) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "name the newest erasures.log with --erasures: whoever was erased after this"
                            + " backup would come back (--no-erasures restores without it)");
        }
    }
}
