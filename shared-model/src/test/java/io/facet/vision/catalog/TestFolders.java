package io.facet.vision.catalog;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Where models and test data lie; a test that needs one and has none skips by name. */
public final class TestFolders {
    private TestFolders() {}

    /** The folder with upstream model files. */
    public static Path models() {
        return folder("FACET_MODELS_MIRROR", "models");
    }

    /** The folder with pictures and clips. */
    public static Path data() {
        return folder("FACET_TESTDATA", "data");
    }

    /** The root of the repository. */
    public static Path home() {
        String configured = System.getProperty("facet.home");
        Path at = Path.of(configured == null ? "" : configured).toAbsolutePath();
        while (!Files.exists(at.resolve("mvnw"))) {
            Path parent = at.getParent();
            if (parent == null) {
                throw new IllegalStateException("the tests run inside the repository");
            }
            at = parent;
        }
        return at;
    }

    private static Path folder(String variable, String name) {
        @Nullable String configured = System.getenv(variable);
        Path folder =
                configured == null
                        ? home().resolveSibling("shared").resolve(name)
                        : Path.of(configured);
        Assumptions.assumeTrue(
                Files.isDirectory(folder), "needs " + folder + ", or " + variable + " set");
        return folder;
    }
}
