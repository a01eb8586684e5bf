package io.facet.hub.testing;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.models.PackSource;
import io.facet.model.EmbeddingSpace;
import io.facet.vision.pipeline.Vision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The pack {@code fake}, which a hub of the tests is started with, and {@code coarse}. */
public final class FakePacks implements PackSource {
    /** Of the pack {@code coarse}. */
    public static final EmbeddingSpace COARSE = new EmbeddingSpace("fa4e000000000002", 32);

    @Override
    public String present() {
        return "fake";
    }

    @Override
    public Vision open(String pack) {
        return switch (pack) {
            case "fake" -> new FakeVision();
            case "coarse" -> FakeVision.coarse(COARSE);
            default -> throw new FacetException(ErrorCode.NOT_FOUND, "there is no pack " + pack);
        };
    }

    @Override
    public Copied copy(String pack, Path folder) throws IOException {
        try (Vision vision = open(pack)) {
            Files.writeString(folder.resolve("catalog.json"), pack);
            return new Copied(pack, vision.space());
        }
    }
}
