package io.facet.edge.capture;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** The folder with test pictures and clips; a test that finds none skips by name. */
public final class TestData {
    private TestData() {}

    /** A file or folder in it. */
    public static Path of(String name) {
        @Nullable String configured = System.getenv("FACET_TESTDATA");
        Path data = configured == null ? home().resolveSibling("shared/data") : Path.of(configured);
        Path file = data.resolve(name);
        Assumptions.assumeTrue(Files.exists(file), "needs " + file + ", or FACET_TESTDATA set");
        return file;
    }

    /** The clip of one woman, 12 frames a second. */
    public static Path woman() {
        return of("intel-videos/head-pose-face-detection-female.preview.mp4");
    }

    /** The root of the repository. */
    public static Path home() {
        String configured = System.getProperty("facet.home", "");
        Path at = Path.of(configured).toAbsolutePath();
        while (!Files.exists(at.resolve("mvnw"))) {
            Path parent = at.getParent();
            if (parent == null) {
                throw new IllegalStateException("the tests run inside the repository");
            }
            at = parent;
        }
        return at;
    }
}
