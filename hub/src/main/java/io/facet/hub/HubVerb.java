package io.facet.hub;

import io.facet.cli.Verb;
import io.facet.config.ConfigLoader;
import io.facet.config.FacetConfig;
import io.facet.lifecycle.StopSignals;
import io.facet.vision.catalog.ModelPacks;
import io.facet.vision.catalog.Resolution;
import io.facet.vision.pipeline.Vision;
import io.facet.vision.pipeline.VisionFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./facet hub}: runs the hub until it is told to stop. */
@Command(
        name = "hub",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the hub: people, index, events, cameras, REST, Socket.IO and the page.",
            "SIGTERM or Ctrl-C stops it and everything it started."
        })
public final class HubVerb implements Verb {
    private static final Logger LOG = LoggerFactory.getLogger(HubVerb.class);

    @Option(
            names = "--port",
            description = "port of the page and REST; every other port is then picked freely")
    private @Nullable Integer port;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            defaultValue = "${env:FACET_DATA:-data}",
            description = "data folder; default: ${DEFAULT-VALUE}")
    private Path data = Path.of("data");

    @Option(names = "--config", paramLabel = "FILE", description = "default: config.json")
    private @Nullable Path config;

    @Option(names = "--pack", description = "model pack of this run")
    private @Nullable String pack;

    @Override
    public Integer call() throws Exception {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        Path home = Path.of(System.getenv().getOrDefault("FACET_HOME", "")).toAbsolutePath();
        FacetConfig settings = ConfigLoader.load(configFile(home), System.getenv());
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        StopSignals.onFirst(stopped::countDown, () -> awaitQuietly(closed));
        try (Hub hub = Hub.start(settings(home, settings))) {
            String scheme = hub.services().safeguards().tls().isPresent() ? "https" : "http";
            System.err.println(
                    "facet: the hub serves " + scheme + "://localhost:" + hub.port() + "/");
            stopped.await();
            LOG.info("stopping");
        } finally {
            closed.countDown();
        }
        return 0;
    }

    private Hub.Settings settings(Path home, FacetConfig settings) {
        return new Hub.Settings(
                settings,
                data,
                vision(home, settings),
                new HubWebFront(),
                Optional.ofNullable(port),
                version(),
                InstantSource.system());
    }

    private Vision vision(Path home, FacetConfig settings) {
        Resolution resolution =
                ModelPacks.resolver(
                                ModelPacks.options(
                                        settings.models(),
                                        home,
                                        System.getenv(),
                                        line -> System.err.println("facet: " + line)))
                        .resolve(pack == null ? settings.recognition().model() : pack);
        if (resolution instanceof Resolution.Resolved resolved) {
            // For people too, who wonder why names come less surely than yesterday.
            resolved.notes().forEach(note -> System.err.println("facet: " + note));
            System.err.println("facet: the models are of pack " + resolved.pack().pack().name());
        }
        return VisionFactory.open(settings, resolution.orThrow());
    }

    private Optional<Path> configFile(Path home) {
        if (config != null) {
            return Optional.of(config);
        }
        return Optional.of(home.resolve("config.json")).filter(Files::exists);
    }

    private static String version() {
        String version = HubVerb.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The process must not end before the parts are closed. */
    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
