package io.facet.bench;

import io.facet.config.ConfigLoader;
import io.facet.config.FacetConfig;
import io.facet.hub.Hub;
import io.facet.hub.HubWebFront;
import io.facet.model.EmbeddingSpace;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.vision.pipeline.Vision;
import io.facet.vision.pipeline.VisionFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code ./facet bench api}: calls to a hub in this process, then events to and the memory of a hub
 * process with many templates, then live viewers; each in a folder of its own.
 */
@Command(
        name = "api",
        mixinStandardHelpOptions = true,
        description = {
            "Calls a hub's gRPC and REST from 1, 8 and 64 clients; sends events to a hub process",
            "that holds many templates and looks at its memory; sends events to many viewers."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it runs the command
final class ApiCommand implements Callable<Integer> {
    /** What the hub can do is measured here, not what one key is allowed. */
    static final String NO_LIMIT = "FACET_LIMITS_REQUESTS_PER_MINUTE";

    static final String VERY_MANY = "1000000000";

    @Mixin private BenchOption bench;

    @Option(
            names = "--faces",
            defaultValue = "100",
            description = "pictures to enrol and to send (${DEFAULT-VALUE})")
    private int faces;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "for each call and number of clients (${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--templates",
            defaultValue = "100000",
            description = "that the hub process holds (${DEFAULT-VALUE})")
    private int templates;

    @Option(
            names = "--events",
            defaultValue = "20000",
            description = "to send to the hub process (${DEFAULT-VALUE})")
    private int events;

    @Option(
            names = "--viewers",
            defaultValue = "1000",
            description = "of Socket.IO (${DEFAULT-VALUE})")
    private int viewers;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ApiReport report = measure();
        bench.print(ApiText.of(report), report);
        return 0;
    }

    private ApiReport measure() throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putIfAbsent(NO_LIMIT, VERY_MANY);
        FacetConfig config = ConfigLoader.load(Optional.empty(), environment);
        ResolvedPack resolved = bench.resolve(config);
        List<byte[]> pictures = bench.pictures(faces);
        Vision vision = VisionFactory.open(config, resolved);
        EmbeddingSpace space = vision.space();
        ApiReport.Calls calls =
                BenchFolder.during(data -> {
                    try (Hub hub = hub(config, data, vision)) {
                        return new CallsBench(hub, pictures, time(), bench::say).run();
                    }
                });
        String name = resolved.pack().name();
        HubBench.Setup setup =
                new HubBench.Setup(
                        name,
                        space,
                        templates,
                        events,
                        pictures,
                        BenchPictures.crops(pictures),
                        time());
        HubReport hub =
                BenchFolder.during(
                        data -> new HubBench(bench.places().home(), data, setup, bench::say).run());
        return report(calls, hub, fanOut());
    }

    private static ApiReport report(ApiReport.Calls calls, HubReport hub, SocketIoReport fanOut) {
        return new ApiReport(Runtime.getRuntime().availableProcessors(), calls, hub, fanOut);
    }

    private SocketIoReport fanOut() throws InterruptedException {
        bench.say("sending events to " + viewers + " viewers");
        try (SocketIoBench live = new SocketIoBench(viewers)) {
            live.connect();
            return live.measure(seconds, SocketIoCommand.STEADY_RATE);
        }
    }

    private static Hub hub(FacetConfig config, Path data, Vision vision) {
        return Hub.start(
                new Hub.Settings(
                        config,
                        data,
                        vision,
                        new HubWebFront(),
                        Optional.of(0),
                        "bench",
                        InstantSource.system()));
    }

    private Duration time() {
        return Duration.ofSeconds(seconds);
    }
}
