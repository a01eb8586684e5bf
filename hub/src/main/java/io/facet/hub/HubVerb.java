package io.facet.hub;

import io.facet.cli.Verb;
import io.facet.config.ConfigLayers;
import io.facet.config.FacetConfig;
import io.facet.lifecycle.Pulse;
import io.facet.lifecycle.ServiceManager;
import io.facet.lifecycle.StopSignals;
import io.facet.vision.catalog.ModelPacks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
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

    @Option(
            names = "--socketio-conformance",
            description = {
                "serves only the echoes that the public conformance suites of Engine.IO and",
                "Socket.IO speak to, on loopback and without any credential"
            })
    private boolean conformance;

    @Override
    public Integer call() throws Exception {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        if (conformance) {
            return untilStopped(() -> {
                SocketIoConformance echoes =
                        SocketIoConformance.start(data, port == null ? 0 : port);
                String address = "http://127.0.0.1:" + echoes.port() + "/";
                return new Running(
                        echoes::close,
                        "the conformance server",
                        address,
                        new Pulse("127.0.0.1", echoes.port()));
            });
        }
        Path home = Path.of(System.getenv().getOrDefault("FACET_HOME", "")).toAbsolutePath();
        ConfigLayers settings = ConfigLayers.load(configFile(home), System.getenv());
        return untilStopped(() -> {
            Hub hub = Hub.start(settings(home, settings));
            String scheme = hub.services().safeguards().tls().isPresent() ? "https" : "http";
            String address = scheme + "://localhost:" + hub.port() + "/";
            Pulse pulse = new Pulse(settings.config().hub().host(), hub.port());
            return new Running(hub::close, "the hub", address, pulse);
        });
    }

    /** Something that serves an address until it is closed. */
    private record Running(Runnable stop, String name, String address, Pulse pulse)
            implements AutoCloseable {
        @Override
        public void close() {
            stop.run();
        }
    }

    private static int untilStopped(Callable<Running> start) throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        StopSignals.onFirst(stopped::countDown, () -> awaitQuietly(closed));
        // The service manager first hears that it stops, then it does.
        try (Running running = start.call();
                ServiceManager service = ServiceManager.of(System.getenv())) {
            System.err.println("facet: " + running.name() + " serves " + running.address());
            service.started(Optional.empty(), running.pulse());
            stopped.await();
            LOG.info("stopping");
        } finally {
            closed.countDown();
        }
        return 0;
    }

    private Hub.Settings settings(Path home, ConfigLayers settings) {
        FacetConfig read = settings.config();
        InstalledPacks packs =
                InstalledPacks.of(
                        ModelPacks.resolver(
                                ModelPacks.options(
                                        read.models(),
                                        home,
                                        System.getenv(),
                                        line -> System.err.println("facet: " + line))),
                        read,
                        pack == null ? read.recognition().model() : pack);
        return new Hub.Settings(
                settings,
                data,
                packs.vision(),
                packs,
                new HubWebFront(),
                Optional.ofNullable(port),
                version(),
                InstantSource.system());
    }

    private Optional<Path> configFile(Path home) {
        if (config != null) {
            return Optional.of(config);
        }
        return Optional.of(home.resolve("config.json")).filter(Files::exists);
    }

    private static String version() {
        String built = HubVerb.class.getPackage().getImplementationVersion();
        // A package may carry another version than its jars.
        return System.getenv()
                .getOrDefault("FACET_RELEASE_VERSION", built == null ? "development" : built);
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
