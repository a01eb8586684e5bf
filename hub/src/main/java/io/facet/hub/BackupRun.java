package io.facet.hub;

import io.facet.config.FacetConfig;
import io.facet.crypto.KeyFile;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.backup.BackupKey;
import io.facet.hub.backup.Backups;
import io.facet.hub.backup.ErasureLedger;
import io.facet.hub.security.MasterKeySource;
import io.facet.hub.store.postgres.Database;
import io.facet.hub.store.postgres.DatabaseBackup;
import io.facet.hub.store.postgres.PostgresPeople;
import io.facet.hub.store.postgres.Vault;
import io.facet.hub.store.postgres.server.EmbeddedServer;
import io.facet.lifecycle.Lifecycle;
import io.facet.model.PersonId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Backup and restore of a hub's data folder and database. One thread. */
public final class BackupRun {
    private BackupRun() {}

    /** Backs up, beside a running hub or without one; how many tables. */
    public static int backup(FacetConfig config, Path data, Path file, BackupKey key) {
        try (Lifecycle parts = new Lifecycle()) {
            Database database =
                    parts.start("database", () -> Database.open(address(config, data, parts)));
            List<Path> files =
                    DataFolder.BACKED_UP.stream().map(data::resolve).filter(Files::exists).toList();
            return Backups.write(file, key, new DatabaseBackup(database), files).size();
        }
    }

    private static Database.Address address(FacetConfig config, Path data, Lifecycle parts) {
        if (!config.database().url().isEmpty()) {
            return Storage.external(config.database());
        }
        Optional<EmbeddedServer.Reach> running =
                EmbeddedServer.running(data.toAbsolutePath().resolve("postgres"));
        if (running.isPresent()) {
            EmbeddedServer.Reach reach = running.get();
            return new Database.Address(reach.url(), reach.user(), reach.password(), 2);
        }
        DataFolder folder = parts.start("data folder", () -> DataFolder.open(data));
        return Storage.place(config.database(), folder, parts).address();
    }

    /**
     * Fills an empty data folder.
     *
     * @param masterKey a copy of master.key, put into the folder; empty when it is there or
     *     configured
     * @param erasures a copy of erasures.log; empty when it is there
     * @return how many people were erased again
     */
    public static int restore(
            FacetConfig config,
            Path data,
            Path file,
            BackupKey key,
            Optional<Path> masterKey,
            Optional<Path> erasures,
            InstantSource clock) {
        try (Lifecycle parts = new Lifecycle()) {
            DataFolder folder = parts.start("data folder", () -> DataFolder.open(data));
            place(folder, masterKey, erasures);
            MasterKeySource.Keys masters = masters(config, folder);
            Database.Address address = Storage.place(config.database(), folder, parts).address();
            Backups.read(file, key, new DatabaseBackup.Restore(address), folder.resolve(""));
            Database database = parts.start("database", () -> Database.open(address));
            Vault vault = new Vault(database, masters.newestFirst());
            PostgresPeople people = new PostgresPeople(database, vault, clock, (_, _) -> {});
            return eraseAgain(folder.erasures(), people, clock);
        }
    }

    private static int eraseAgain(
            ErasureLedger ledger, PostgresPeople people, InstantSource clock) {
        int count = 0;
        for (PersonId person : ledger.read()) {
            count += people.erase(person, clock.instant()).isPresent() ? 1 : 0;
        }
        return count;
    }

    private static void place(
            DataFolder folder, Optional<Path> masterKey, Optional<Path> erasures) {
        masterKey.ifPresent(from ->
                KeyFile.write(
                        folder.resolve("master.key"),
                        KeyFile.read(from)
                                .orElseThrow(() ->
                                        new FacetException(
                                                ErrorCode.INVALID_ARGUMENT,
                                                "there is no master key " + from))));
        erasures.ifPresent(from -> {
            try {
                Files.copy(
                        from, folder.resolve("erasures.log"), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException failure) {
                throw new FacetException(
                        ErrorCode.INVALID_ARGUMENT, "cannot read " + from, failure);
            }
        });
    }

    /** A restore never makes a new key: it would open nothing. */
    private static MasterKeySource.Keys masters(FacetConfig config, DataFolder folder) {
        MasterKeySource source = MasterKeyElsewhere.configured(config.hub(), folder.resolve(""));
        if (source instanceof MasterKeyFile && !Files.exists(folder.resolve("master.key"))) {
            throw new FacetException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "put the backup's master.key into the data folder first, or name it with"
                            + " --master-key");
        }
        return source.read();
    }
}
