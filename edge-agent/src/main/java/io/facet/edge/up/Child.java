package io.facet.edge.up;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A verb of the launcher running as a process of its own, its output kept in a file. Thread-safe;
 * close asks it to stop and waits.
 */
final class Child implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long MOST_LOG = 1 << 20;

    /** How a verb says why it stops, and what it is busy with. */
    private static final String FOR_PEOPLE = "facet: ";

    private final String name;
    private final Path log;
    private final long logStart;
    private final Process process;
    private int told;

    private Child(String name, Path log, long logStart, Process process) {
        this.name = name;
        this.log = log;
        this.logStart = logStart;
        this.process = process;
    }

    /** Starts {@code command} with its output appended to {@code log}. */
    static Child start(String name, Path log, List<String> command) {
        try {
            long logStart = Files.exists(log) ? Files.size(log) : 0;
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
            process.getOutputStream().close();
            return new Child(name, log, logStart, process);
        } catch (IOException failed) {
            throw new FacetException(
                    ErrorCode.INTERNAL, "could not start the " + name + ": " + failed, failed);
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Completes when the process has ended, however it did. */
    CompletableFuture<Process> ended() {
        return process.onExit();
    }

    long number() {
        return process.pid();
    }

    /** Passes on what it has said to people since the last call. */
    synchronized void relay(Consumer<String> to) {
        List<String> said = lines().stream().filter(l -> l.startsWith(FOR_PEOPLE)).toList();
        said.subList(Math.min(told, said.size()), said.size())
                .forEach(line -> to.accept(line.substring(FOR_PEOPLE.length())));
        told = said.size();
    }

    /** What it died of: its own sentence, else the end of what it said. */
    FacetException died() {
        List<String> lines = lines();
        String end = String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
        for (ErrorCode code : ErrorCode.values()) {
            String start = FOR_PEOPLE + code.wireName() + ": ";
            for (String line : lines) {
                if (line.startsWith(start)) {
                    return new FacetException(
                            code, "the " + name + " stopped: " + line.substring(start.length()));
                }
            }
        }
        return new FacetException(
                ErrorCode.UNAVAILABLE,
                "the "
                        + name
                        + " stopped with status "
                        + process.exitValue()
                        + "; the end of "
                        + log
                        + ":\n"
                        + end);
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

    /** The whole lines of this process. */
    private List<String> lines() {
        try (SeekableByteChannel channel = Files.newByteChannel(log)) {
            long size = channel.size() - logStart;
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.clamp(size, 0, MOST_LOG));
            channel.position(logStart + Math.max(0, size - MOST_LOG));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Reads on.
            }
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException unreadable) {
            return List.of("(unreadable: " + unreadable.getMessage() + ")");
        }
    }
}
