package io.facet.hub;

import io.facet.hub.backup.Backups;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Says how far a long backup or restore is. One thread. */
final class BackupProgress implements Backups.Watcher {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final PrintWriter out;
    private final InstantSource clock;
    private Instant next;

    BackupProgress(PrintWriter out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        this.next = clock.instant().plus(EVERY);
    }

    @Override
    public void at(String table, long bytes) {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(EVERY);
        out.printf("facet: %d MB so far, at %s%n", bytes >> 20, table);
        out.flush();
    }
}
