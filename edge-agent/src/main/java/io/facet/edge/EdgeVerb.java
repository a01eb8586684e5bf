package io.facet.edge;

import io.facet.cli.Verb;
import io.facet.config.ConfigLoader;
import io.facet.config.FacetConfig;
import io.facet.config.Places;
import io.facet.edge.camera.CameraFleet;
import io.facet.edge.camera.CameraParts;
import io.facet.edge.camera.CameraSettings;
import io.facet.edge.camera.Cameras;
import io.facet.edge.camera.FaceMatcher;
import io.facet.edge.camera.Turns;
import io.facet.edge.capture.javacv.FfmpegSources;
import io.facet.edge.enrolment.FirstContact;
import io.facet.edge.gallery.BootTime;
import io.facet.edge.outbox.EventSink;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.lifecycle.Pulse;
import io.facet.lifecycle.ServiceManager;
import io.facet.lifecycle.StopSignals;
import io.facet.model.AgentId;
import io.facet.model.TrackId;
import io.facet.model.Uuid7;
import io.facet.pki.JoinToken;
import io.facet.vision.catalog.ModelPacks;
import io.facet.vision.catalog.Resolution;
import io.facet.vision.catalog.ResolveOptions;
import io.facet.vision.pipeline.PackVision;
import io.facet.vision.pipeline.SelfTest;
import io.facet.vision.pipeline.Vision;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./facet edge}: runs the agent of one box until it is told to stop. */
@Command(
        name = "edge",
        mixinStandardHelpOptions = true,
        description = {
            "Runs an edge agent: reads cameras, recognises faces, reports to the hub.",
            "Works on without the hub; SIGTERM or Ctrl-C stops it after a last report."
        })
public final class EdgeVerb implements Verb {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeVerb.class);

    @Option(
            names = "--data",
            paramLabel = "DATA",
            defaultValue = "${env:FACET_AGENT_DATA:-data/agent}",
            description = "data folder, with the device key; default: ${DEFAULT-VALUE}")
    private Path data = Path.of("data/agent");

    @Option(names = "--config", paramLabel = "FILE", description = "default: config.json")
    private @Nullable Path config;

    @Option(
            names = "--port",
            defaultValue = "0",
            description = "port of /health on this machine; 0, the default, picks a free one")
    private int port;

    @Option(
            names = "--join",
            paramLabel = "TOKEN@HUB[:PORT]",
            description = {
                "joins that hub with a token of its administrator, once; afterwards the box signs",
                "in with its certificate, and knows its hub, without this option"
            })
    private @Nullable String join;

    @Option(
            names = "--join-only",
            description = "with --join: joins and ends; the agent is started afterwards")
    private boolean joinOnly;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "with --join: the box's name, unless the token names it")
    private @Nullable String name;

    @Option(names = "--pack", description = "model pack of this run")
    private @Nullable String pack;

    @Option(
            names = "--hub",
            paramLabel = "URL",
            description =
                    "the hub's web address, of a box with a device key; default: agent.hub_url")
    private @Nullable URI hub;

    @Override
    public Integer call() throws Exception {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        Map<String, String> environment = System.getenv();
        Places places = Places.find(environment, Path.of(""));
        if (joinOnly) {
            EdgeAgent.join(data, wish().orElseThrow(EdgeVerb::nothingToJoin), new SecureRandom());
            return 0;
        }
        FacetConfig settings = ConfigLoader.load(configFile(places), environment);
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        StopSignals.onFirst(() -> stop(stopped, main), () -> awaitQuietly(closed));
        // The service manager first hears that it stops, then it does.
        try (EdgeAgent agent =
                        EdgeAgent.start(
                                new EdgeAgent.Settings(
                                        settings,
                                        data,
                                        hub == null ? URI.create(settings.agent().hubUrl()) : hub,
                                        port,
                                        version(),
                                        wish()),
                                new Machine(settings, places));
                ServiceManager service = ServiceManager.of(environment)) {
            LOG.info("health at http://127.0.0.1:{}/health/ready", agent.healthPort());
            service.started(agent.flaw(), new Pulse("127.0.0.1", agent.healthPort()));
            stopped.await();
            LOG.info("stopping");
        } catch (InterruptedException | IllegalStateException failure) {
            if (stopped.getCount() > 0) {
                throw failure;
            }
            LOG.debug("stopped while starting", failure);
        } finally {
            closed.countDown();
        }
        return 0;
    }

    /** On SIGTERM: also while the agent still waits for its hub, hence the interrupt. */
    private static void stop(CountDownLatch stopped, Thread main) {
        stopped.countDown();
        main.interrupt();
    }

    /** The process must not end before the parts are closed. */
    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Path> configFile(Places places) {
        return config == null
                ? Optional.of(places.home().resolve("config.json")).filter(Files::exists)
                : Optional.of(config);
    }

    private Optional<FirstContact.Wish> wish() {
        return Optional.ofNullable(join)
                .map(text ->
                        new FirstContact.Wish(
                                JoinToken.AtHub.parse(text),
                                Optional.ofNullable(name).map(AgentId::new)));
    }

    private static FacetException nothingToJoin() {
        return new FacetException(ErrorCode.INVALID_ARGUMENT, "--join-only goes with --join");
    }

    private static String version() {
        String built = EdgeVerb.class.getPackage().getImplementationVersion();
        // A package may carry another version than its jars.
        return System.getenv()
                .getOrDefault("FACET_RELEASE_VERSION", built == null ? "development" : built);
    }

    /** This machine: its clocks, its models, its cameras. */
    private final class Machine implements EdgeAgent.Outside {
        private final FacetConfig settings;
        private final Places places;
        private final InstantSource clock = InstantSource.system();
        private final SecureRandom random = new SecureRandom();

        Machine(FacetConfig settings, Places places) {
            this.settings = settings;
            this.places = places;
        }

        @Override
        public InstantSource clock() {
            return clock;
        }

        @Override
        public BootTime bootTime() {
            return BootTime.system();
        }

        @Override
        public LongSupplier nanos() {
            return System::nanoTime;
        }

        @Override
        public SecureRandom random() {
            return random;
        }

        @Override
        public PackVision vision() {
            Resolution resolution =
                    ModelPacks.resolver(options())
                            .resolve(pack == null ? settings.recognition().model() : pack);
            if (resolution instanceof Resolution.Resolved resolved) {
                resolved.notes().forEach(LOG::info);
            }
            return AgentVision.open(settings, resolution.orThrow());
        }

        private ResolveOptions options() {
            return ModelPacks.options(
                    settings.models(), places.home(), places.environment(), LOG::info);
        }

        @Override
        public Optional<String> flaw(PackVision vision) {
            return AgentVision.flaw(
                    vision,
                    places.testData()
                            .flatMap(data -> SelfTest.Reference.find(options().mirror(), data)));
        }

        @Override
        public CameraFleet fleet(Vision vision, FaceMatcher matcher, EventSink sink) {
            Uuid7 tracks = new Uuid7(clock, random);
            return new Cameras(
                    new CameraParts(
                            new FfmpegSources(clock),
                            vision,
                            matcher,
                            sink,
                            clock,
                            () -> new TrackId(tracks.next()),
                            Turns.ofThisMachine()),
                    CameraSettings.of(settings));
        }
    }
}
