package io.facet.vision.catalog;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The real packs, in a cache that outlives a test run but not {@code mvn clean}. */
public final class TestPacks {
    private TestPacks() {}

    /** A pack; a test skips by name where neither cache nor mirror nor network has it. */
    public static ResolvedPack pack(String name) {
        ResolveOptions options =
                new ResolveOptions(
                        TestFolders.home().resolve("target").resolve("test-models"),
                        Optional.of(TestFolders.models()),
                        true,
                        false,
                        _ -> {});
        Resolution resolution = ModelPacks.resolver(options).resolve(name);
        if (resolution instanceof Resolution.Refused refused) {
            Assumptions.abort("needs pack " + name + ": " + refused.reason());
        }
        return resolution.orThrow();
    }
}
