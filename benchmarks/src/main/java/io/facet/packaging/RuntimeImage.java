package io.facet.packaging;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * The Java runtime of a package: the modules Facet uses, linked from a JDK. For another
 * architecture than this machine's from that JDK's {@code jmods}, or a runtime that somebody linked
 * there.
 *
 * @param jdk the JDK of this machine, which links
 */
record RuntimeImage(Path jdk) {
    /** Java SE, and what libraries and we use beside it. */
    static final List<String> MODULES =
            List.of(
                    "java.se",
                    "jdk.incubator.vector",
                    "jdk.crypto.ec",
                    "jdk.crypto.cryptoki",
                    "jdk.httpserver",
                    "jdk.unsupported",
                    "jdk.management",
                    "jdk.jfr",
                    "jdk.jcmd",
                    "jdk.zipfs",
                    "jdk.net",
                    "jdk.naming.dns",
                    "jdk.charsets");

    /**
     * Links a runtime into a folder that does not exist.
     *
     * @param other a JDK of the wanted architecture; empty takes this machine's
     * @throws FacetException {@code INVALID_ARGUMENT} when it is of another architecture or cannot
     *     be linked from
     */
    void link(Optional<Path> other, Architecture architecture, Path to)
            throws IOException, InterruptedException {
        Path from = other.orElse(jdk);
        checkArchitecture(from, architecture);
        List<String> command = new ArrayList<>(List.of(jdk.resolve("bin/jlink").toString()));
        if (other.isPresent()) {
            command.addAll(List.of("--module-path", jmods(from).toString()));
        }
        command.addAll(
                List.of(
                        "--add-modules",
                        String.join(",", MODULES),
                        // The other kind of it runs this machine's objcopy on that one's libraries.
                        other.isPresent() ? "--strip-java-debug-attributes" : "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        to.toString()));
        Programs.run(jdk, command);
    }

    private static Path jmods(Path jdk) {
        Path jmods = jdk.resolve("jmods");
        if (!Files.isDirectory(jmods)) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    jdk
                            + " has no jmods folder, which is needed to link for another machine;"
                            + " unpack the jmods of that JDK into it, or link a runtime there and"
                            + " name it with --runtime");
        }
        return jmods;
    }

    /**
     * Copies a runtime that is linked already.
     *
     * @throws FacetException {@code INVALID_ARGUMENT} when it is of another architecture
     */
    static void copy(Path runtime, Architecture architecture, Path to) throws IOException {
        checkArchitecture(runtime, architecture);
        Trees.copy(runtime, to);
    }

    private static void checkArchitecture(Path jdk, Architecture wanted) throws IOException {
        Properties release = new Properties();
        Path file = jdk.resolve("release");
        if (Files.isReadable(file)) {
            try (var in = Files.newBufferedReader(file)) {
                release.load(in);
            }
        }
        String found = release.getProperty("OS_ARCH", "").replace("\"", "");
        if (!found.equals(wanted.jdk())) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    jdk
                            + " is for "
                            + (found.isEmpty() ? "an unknown architecture" : found)
                            + ", not for "
                            + wanted.jdk()
                            + "; name one with --jdk or --runtime");
        }
    }
}
