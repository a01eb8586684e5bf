package io.facet.launcher;

import io.facet.config.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs the launcher to its end. */
final class Facet {
    private final Path launcher;
    private final Path scratch;

    /** This build's launcher; {@code scratch} takes what it says. */
    Facet(Path scratch) {
        this(Places.find(System.getenv(), Path.of("")).home().resolve("facet"), scratch);
    }

    Facet(Path launcher, Path scratch) {
        this.launcher = launcher;
        this.scratch = scratch;
    }

    /** How a run ended and what it said; its output is no terminal. */
    record Run(int status, String out, String err) {}

    Run run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return runIn(launcher.toAbsolutePath().resolveSibling(""), environment, arguments);
    }

    Run runIn(Path folder, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path out = scratch.resolve("out");
        Path err = scratch.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(launcher.toString());
        builder.directory(folder.toFile()).command().addAll(List.of(arguments));
        // The jars of this build, and no cache of an earlier one.
        builder.environment().put("FACET_BUILT", "yes");
        builder.environment().putAll(environment);
        Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        int status = process.waitFor();
        return new Run(status, Files.readString(out), Files.readString(err));
    }
}
