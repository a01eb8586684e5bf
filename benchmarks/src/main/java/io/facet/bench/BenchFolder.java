package io.facet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Work in a folder that goes with it. */
@FunctionalInterface
interface BenchFolder<T> {
    T with(Path folder) throws IOException, InterruptedException;

    /** Does the work in a new folder. */
    static <T> T during(BenchFolder<T> work) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("facet-bench");
        try {
            return work.with(folder);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
