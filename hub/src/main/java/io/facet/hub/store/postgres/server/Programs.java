package io.facet.hub.store.postgres.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end. Stateless. */
final class Programs {
    private Programs() {}

    /** How a program ended, with the last of what it printed. */
    record Result(int status, String output) {
        boolean ok() {
            return status == 0;
        }
    }

    /**
     * Runs a program; one that takes longer than {@code patience} is killed.
     *
     * @param prefix put before the command, to run it as somebody else
     */
    static Result run(List<String> prefix, List<String> command, Duration patience) {
        List<String> line = new ArrayList<>(prefix);
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        // Settings of a PostgreSQL the user works with must not reach this one.
        builder.environment().keySet().removeIf(key -> key.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        try {
            // A file, not a pipe: the server that pg_ctl leaves behind would keep a pipe open.
            java.nio.file.Path said = java.nio.file.Files.createTempFile("facet-postgres", ".out");
            try {
                Process process = builder.redirectOutput(said.toFile()).start();
                process.getOutputStream().close();
                if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                    return new Result(-1, "no end after " + patience.toSeconds() + " s");
                }
                byte[] bytes = java.nio.file.Files.readAllBytes(said);
                return new Result(process.exitValue(), new String(bytes, StandardCharsets.UTF_8));
            } finally {
                java.nio.file.Files.deleteIfExists(said);
            }
        } catch (IOException failure) {
            return new Result(-1, String.valueOf(failure.getMessage()));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new Result(-1, "interrupted");
        }
    }
}
