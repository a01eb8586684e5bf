package io.facet.bench;

import io.facet.config.ConfigLoader;
import io.facet.config.FacetConfig;
import io.facet.config.Places;
import io.facet.model.EmbeddingSpace;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.vision.pipeline.Vision;
import io.facet.vision.pipeline.VisionFactory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./facet bench hub}: the part of {@code bench api} that a hub process answers for. */
@Command(
        name = "hub",
        mixinStandardHelpOptions = true,
        description = {
            "Sends events through MQTT to a hub process that holds many templates, has it",
            "recognise faces, and looks at its memory."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it runs the command
final class HubCommand implements Callable<Integer> {
    @Mixin private BenchOption bench;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "during which faces are recognised (${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--templates",
            defaultValue = "100000",
            description = "that it holds (${DEFAULT-VALUE})")
    private int templates;

    @Option(names = "--events", defaultValue = "20000", description = "to send (${DEFAULT-VALUE})")
    private int events;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Places places = bench.places();
        List<byte[]> pictures = bench.pictures(100);
        HubBench.Setup setup =
                new HubBench.Setup(
                        bench.pack(),
                        space(places, bench.pack()),
                        templates,
                        events,
                        pictures,
                        BenchPictures.crops(pictures),
                        Duration.ofSeconds(seconds));
        HubReport report =
                BenchFolder.during(
                        data -> new HubBench(places.home(), data, setup, bench::say).run());
        bench.print(ApiText.hub(report), report);
        return 0;
    }

    /** What a pack's templates are of. */
    static EmbeddingSpace space(Places places, String pack) {
        FacetConfig config = ConfigLoader.load(Optional.empty(), Map.of());
        ResolvedPack resolved = BenchOption.resolve(config, places.home(), pack, _ -> {});
        try (Vision vision = VisionFactory.open(config, resolved)) {
            return vision.space();
        }
    }

    static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
