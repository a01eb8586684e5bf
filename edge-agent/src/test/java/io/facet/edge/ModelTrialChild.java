package io.facet.edge;

import io.facet.config.FacetConfig;
import io.facet.edge.camera.RealVision;
import java.net.URI;
import java.nio.file.Path;

/** A box in a process of its own, to be killed while models are on trial. */
final class ModelTrialChild {
    private ModelTrialChild() {}

    /** Takes the data folder and the hub's address; runs until it is killed. */
    public static void main(String[] args) throws Exception {
        FacetConfig config = ModelChangeBox.config();
        try (ModelChangeBox box =
                new ModelChangeBox(
                        Path.of(args[0]),
                        URI.create(args[1]),
                        RealVision.resolve(config, "starter"))) {
            box.settledAfterHours();
            box.start();
            System.out.println("runs " + box.vision().space().id());
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
