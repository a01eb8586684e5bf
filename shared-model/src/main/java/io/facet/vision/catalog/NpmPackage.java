package io.facet.vision.catalog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The npm package {@code @vladmandic/face-api}, installed once into the cache by the npm client,
 * which holds it to the version and integrity of {@code models/package-lock.json} and to the
 * registry its user has configured. No script of the package runs. Thread-safe; several processes
 * may share one cache.
 */
public final class NpmPackage {
    private static final String NAME = "@vladmandic/face-api";
    private static final int MOST_SECONDS = 180;

    private final List<String> command;
    private final Path cache;
    private final Consumer<String> progress;

    NpmPackage(String npm, Path cache, Consumer<String> progress) {
        this.command =
                List.of(
                        npm,
                        "ci",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "--no-update-notifier",
                        "--fetch-retries=1",
                        "--fetch-timeout=30000");
        this.cache = cache;
        this.progress = progress;
    }

    /**
     * The package's own folder, installed when it is not there.
     *
     * @throws IOException saying why it cannot be had, a half sentence for people
     */
    public Path folder() throws IOException {
        return modules().resolve(NAME);
    }

    /** The node_modules folder, installed when it is not there. */
    Path modules() throws IOException {
        byte[] lock = CatalogReader.bytes("package-lock.json");
        Path folder = cache.resolve("npm-" + FileVerifier.sha256(lock).substring(0, 16));
        if (!Files.isDirectory(folder)) {
            try (CacheLock _ = CacheLock.on(folder, progress)) {
                if (!Files.isDirectory(folder)) {
                    install(folder, lock);
                }
            }
        }
        return folder.resolve("node_modules");
    }

    private void install(Path folder, byte[] lock) throws IOException {
        Path part = DurableFiles.partOf(folder);
        delete(part);
        Files.createDirectories(part);
        Files.write(part.resolve("package.json"), CatalogReader.bytes("package.json"));
        Files.write(part.resolve("package-lock.json"), lock);
        progress.accept("installing the npm package " + NAME + " (models and sample pictures)");
        try {
            npm(part);
            Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(part);
        }
    }

    private void npm(Path folder) throws IOException {
        Path log = folder.resolve("npm.log");
        Process npm;
        try {
            npm =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
        } catch (IOException missing) {
            throw new IOException("the npm client is not installed", missing);
        }
        try {
            if (!npm.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("npm did not end within " + MOST_SECONDS + " s");
            }
            if (npm.exitValue() != 0) {
                throw new IOException("npm failed: " + complaint(log));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } finally {
            npm.descendants().forEach(ProcessHandle::destroyForcibly);
            npm.destroyForcibly();
        }
    }

    /** npm's error lines that say something, in one. */
    private static String complaint(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("npm error"))
                    .map(line -> line.substring("npm error".length()).trim())
                    .filter(line -> !line.contains("debug-0.log") && !line.isEmpty())
                    .limit(3)
                    .reduce((a, b) -> a + "; " + b)
                    .orElse("see its own log");
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
