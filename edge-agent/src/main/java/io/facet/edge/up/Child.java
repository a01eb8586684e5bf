package io.facet.edge.up;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A verb of the launcher running as a process of its own, its output kept in a file. Thread-safe;
 * close asks it to stop and waits.
 */
final class Child implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String name;
    private final Path log;
    private final Process process;

    private Child(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** Starts {@code command} with its output appended to {@code log}. */
    static Child start(String name, Path log, List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
            process.getOutputStream().close();
            return new Child(name, log, process);
        } catch (IOException failed) {
            throw new FacetException(
                    ErrorCode.INTERNAL, "could not start the " + name + ": " + failed, failed);
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Completes when the process has ended, however it did. */
    java.util.concurrent.CompletableFuture<Process> ended() {
        return process.onExit();
    }

    /** What it died of, with the end of what it said. */
    FacetException died() {
        return new FacetException(
                ErrorCode.UNAVAILABLE,
                "the "
                        + name
                        + " stopped with status "
                        + process.exitValue()
                        + "; the end of "
                        + log
                        + ":\n"
                        + tail());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
        } catch (IOException unreadable) {
            return "(unreadable: " + unreadable.getMessage() + ")";
        }
    }
}
