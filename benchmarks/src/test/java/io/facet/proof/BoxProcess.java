package io.facet.proof;

import io.facet.edge.uplink.CrashChild;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@link CrashChild} and what it says. Thread-safe, with a thread that reads. */
final class BoxProcess {
    private static final Pattern STORED = Pattern.compile("stored (\\d+)");
    private static final Pattern BOOT = Pattern.compile("boot ([0-9a-f-]{36})");

    private final Process process;
    private final Heard heard;
    private final Thread reader;
    private volatile long acknowledged;

    /** How to start one: its folder, the broker as it finds it, its key and its JVM's options. */
    record Setup(Path folder, URI broker, String key, List<String> options) {}

    private BoxProcess(Process process, Heard heard) {
        this.process = process;
        this.heard = heard;
        this.reader = Thread.ofVirtual().start(this::read);
    }

    /** One that records until it is killed. */
    static BoxProcess recording(Setup setup, Heard heard) throws IOException {
        return start(setup, "record", heard);
    }

    /** One that only sends what is left, and ends. */
    static BoxProcess draining(Setup setup, Heard heard) throws IOException {
        return start(setup, "drain", heard);
    }

    private static BoxProcess start(Setup setup, String what, Heard heard) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(setup.options());
        command.addAll(
                List.of(
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashChild.class.getName(),
                        setup.folder().resolve("agent").toString(),
                        setup.broker().toString(),
                        setup.key(),
                        what));
        heard.born();
        return new BoxProcess(
                new ProcessBuilder(command)
                        .redirectError(
                                ProcessBuilder.Redirect.appendTo(
                                        setup.folder().resolve("box.log").toFile()))
                        .start(),
                heard);
    }

    private void read() {
        try (BufferedReader said = process.inputReader()) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                // A line cut in the middle was never said.
                Matcher stored = STORED.matcher(line);
                Matcher boot = BOOT.matcher(line);
                if (stored.matches()) {
                    acknowledged = Math.max(acknowledged, Long.parseLong(stored.group(1)));
                } else if (boot.matches()) {
                    heard.boot(UUID.fromString(boot.group(1)));
                }
            }
        } catch (IOException closed) {
            // Killed: what was not read was not said.
        }
    }

    /** The last sequence that it said to be on disk; 0 before. */
    long acknowledged() {
        return acknowledged;
    }

    boolean alive() {
        return process.isAlive();
    }

    /** {@code kill -9}; the last sequence that it said to be on disk. */
    long kill() throws InterruptedException {
        // By its handle: the process itself would close the pipe that is still being read.
        process.toHandle().destroyForcibly();
        process.waitFor();
        reader.join();
        return acknowledged;
    }

    /** Whether it ended by itself, and well. */
    boolean ends(long seconds) throws InterruptedException {
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        kill();
        return ended && process.exitValue() == 0;
    }
}
