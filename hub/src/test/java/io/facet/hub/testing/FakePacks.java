package io.facet.hub.testing;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.models.PackSource;
import io.facet.model.EmbeddingSpace;
import io.facet.vision.pipeline.Vision;

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
}
