package io.facet.edge.up;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The two clips of Intel's sample-videos: a woman alone, and the same woman with a man. */
final class DemoClips {
    static final String PORTRAIT = "head-pose-face-detection-female";
    static final String SCENE = "head-pose-face-detection-female-and-male";

    private DemoClips() {}

    static Optional<DemoMaterial> inTestData(Path data) {
        return in(data.resolve("intel-videos"), ".preview.mp4");
    }

    /** The clips in a folder; empty unless both are there. */
    static Optional<DemoMaterial> in(Path folder, String suffix) {
        Path portrait = folder.resolve(PORTRAIT + suffix);
        Path scene = folder.resolve(SCENE + suffix);
        return Files.isRegularFile(portrait) && Files.isRegularFile(scene)
                ? Optional.of(
                        new DemoMaterial(
                                "clips of Intel's sample-videos, CC BY 4.0",
                                "Ada (demo)",
                                "another clip",
                                List.of(portrait),
                                scene.toUri()))
                : Optional.empty();
    }
}
