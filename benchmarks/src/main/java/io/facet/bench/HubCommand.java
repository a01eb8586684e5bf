package io.facet.bench;

import io.facet.cli.JsonOption;
import io.facet.config.ConfigLoader;
import io.facet.config.FacetConfig;
import io.facet.config.Places;
import io.facet.model.EmbeddingSpace;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.vision.pipeline.Vision;
import io.facet.vision.pipeline.VisionFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
    @Spec private CommandSpec spec;
    @Mixin private JsonOption json;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "JPEG files with one face each; default: of the test data")
    private @Nullable Path images;

    @Option(names = "--pack", defaultValue = "open", description = "model pack (${DEFAULT-VALUE})")
    private String pack;

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
        Places places = Places.find(System.getenv(), Path.of(""));
        List<byte[]> pictures = BenchPictures.read(images, places, 100);
        HubBench.Setup setup =
                new HubBench.Setup(
                        pack,
                        space(places, pack),
                        templates,
                        events,
                        pictures,
                        BenchPictures.crops(pictures),
                        Duration.ofSeconds(seconds));
        HubReport report =
                BenchFolder.during(
                        data -> new HubBench(places.home(), data, setup, this::say).run());
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter text = json.wanted() ? spec.commandLine().getErr() : out;
        text.print(ApiText.hub(report));
        text.flush();
        json.print(out, report);
        return 0;
    }

    /** What a pack's templates are of. */
    static EmbeddingSpace space(Places places, String pack) {
        FacetConfig config = ConfigLoader.load(Optional.empty(), Map.of());
        ResolvedPack resolved = BenchPack.resolve(config, places.home(), pack, _ -> {});
        try (Vision vision = VisionFactory.open(config, resolved)) {
            return vision.space();
        }
    }

    private void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("facet: " + line);
        err.flush();
    }

    static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
