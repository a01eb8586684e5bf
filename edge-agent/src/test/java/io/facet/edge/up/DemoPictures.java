package io.facet.edge.up;

import io.facet.edge.capture.javacv.FfmpegSources;
import io.facet.model.Jpeg;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Pictures of the demo's person, for tests that enrol her themselves. */
public final class DemoPictures {
    private DemoPictures() {}

    /** The clip that shows her alone, one still a second. */
    public static List<Jpeg> of(Path testData) {
        Path clip = testData.resolve("intel-videos/" + DemoClips.PORTRAIT + ".preview.mp4");
        return new Stills(new FfmpegSources(InstantSource.system())).of(clip);
    }

    /** The clip in which she is seen with somebody else. */
    public static Path scene(Path testData) {
        return testData.resolve("intel-videos/" + DemoClips.SCENE + ".preview.mp4");
    }
}
