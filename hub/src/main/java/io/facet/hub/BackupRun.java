package io.facet.hub;

import io.facet.config.FacetConfig;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.backup.BackupKey;
import io.facet.hub.backup.Backups;
import io.facet.hub.store.postgres.Database;
import io.facet.hub.store.postgres.DatabaseBackup;
import io.facet.hub.store.postgres.server.EmbeddedServer;
import io.facet.lifecycle.Lifecycle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Backup of a hub's data folder and database. One thread. */
public final class BackupRun {
    private BackupRun() {}

    /** What was written. */
    public record Done(String file, long bytes, int tables) {}

    /**
     * Backs up, beside a running hub or without one.
     *
     * @throws FacetException {@code NOT_FOUND} when no hub has ever used the folder or database
     */
    public static Done backup(
            FacetConfig config, Path data, Path file, BackupKey key, Backups.Watcher watcher) {
        if (!Files.exists(data.resolve("sealing.key"))) {
            throw new FacetException(
                    ErrorCode.NOT_FOUND,
                    "no hub has ever used the data folder " + data + "; name it with --data");
        }
        try (Lifecycle parts = new Lifecycle()) {
            Database database =
                    parts.start(
                            "database", () -> DatabaseBackup.asItIs(address(config, data, parts)));
            List<Path> files =
                    DataFolder.BACKED_UP.stream().map(data::resolve).filter(Files::exists).toList();
            List<String> tables =
                    Backups.write(file, key, new DatabaseBackup(database), files, watcher);
            return new Done(file.toString(), Files.size(file), tables.size());
        } catch (IOException vanished) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE, file + " was written and is gone again", vanished);
        }
    }

    private static Database.Address address(FacetConfig config, Path data, Lifecycle parts) {
        if (!config.database().url().isEmpty()) {
            return Storage.external(config.database());
        }
        try {
            DataFolder folder = parts.start("data folder", () -> DataFolder.open(data));
            return Storage.place(config.database(), folder, parts).address();
        } catch (FacetException failure) {
            if (failure.code() != ErrorCode.CONFLICT) {
                throw failure;
            }
            // A hub has the folder: its server is reached as the hub itself reaches it.
            EmbeddedServer.Reach reach =
                    EmbeddedServer.running(data.toAbsolutePath().resolve("postgres"))
                            .orElseThrow(() -> starting(data));
            return new Database.Address(reach.url(), reach.user(), reach.password(), 2);
        }
    }

    private static FacetException starting(Path data) {
        return new FacetException(
                ErrorCode.UNAVAILABLE,
                "the hub in "
                        + data
                        + " has no database running yet, or keeps its people in another one"
                        + " (database.url); try again, with the hub's --config");
    }
}
