package io.facet.bench;

import io.facet.bench.GrpcApiReport.Load;
import io.facet.cli.JsonOption;
import io.facet.config.ConfigLoader;
import io.facet.config.FacetConfig;
import io.facet.config.Places;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.Hub;
import io.facet.hub.HubWebFront;
import io.facet.vision.catalog.ModelPacks;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.vision.pipeline.VisionFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./facet bench api}: a hub in a folder of its own, and clients in the same process. */
@Command(
        name = "api",
        mixinStandardHelpOptions = true,
        description = "Calls a hub's gRPC API from 1, 8 and 64 clients.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it runs the command
final class ApiCommand implements Callable<Integer> {
    private static final String PICTURES = "lfw-folds1-2/images";

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
            names = "--faces",
            defaultValue = "100",
            description = "pictures to enrol and to send (${DEFAULT-VALUE})")
    private int faces;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "for each call and number of clients (${DEFAULT-VALUE})")
    private int seconds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("facet-bench-api");
        try {
            GrpcApiReport report = measure(data);
            PrintWriter text =
                    json.wanted() ? spec.commandLine().getErr() : spec.commandLine().getOut();
            text.print(describe(report));
            text.flush();
            json.print(spec.commandLine().getOut(), report);
        } finally {
            delete(data);
        }
        return 0;
    }

    /** What the hub can do is measured here, not what one key is allowed. */
    private static Map<String, String> unlimited() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putIfAbsent("FACET_LIMITS_REQUESTS_PER_MINUTE", "1000000000");
        return environment;
    }

    private GrpcApiReport measure(Path data) throws IOException, InterruptedException {
        FacetConfig config = ConfigLoader.load(Optional.empty(), unlimited());
        ResolvedPack resolved =
                ModelPacks.resolver(
                                ModelPacks.options(
                                        config.models(),
                                        places().home(),
                                        System.getenv(),
                                        this::say))
                        .resolve(pack)
                        .orThrow();
        try (Hub hub =
                Hub.start(
                        new Hub.Settings(
                                config,
                                data,
                                VisionFactory.open(config, resolved),
                                new HubWebFront(),
                                Optional.of(0),
                                "bench",
                                InstantSource.system()))) {
            return new GrpcApiBench(
                            hub,
                            resolved.pack().name(),
                            pictures(),
                            Duration.ofSeconds(seconds),
                            this::say)
                    .run();
        }
    }

    private static Places places() {
        return Places.find(System.getenv(), Path.of(""));
    }

    private List<byte[]> pictures() throws IOException {
        Path folder =
                images != null
                        ? images
                        : places().testData()
                                .map(d -> d.resolve(PICTURES))
                                .orElse(Path.of(PICTURES));
        if (!Files.isDirectory(folder)) {
            throw new FacetException(
                    ErrorCode.NOT_FOUND,
                    "there is no folder "
                            + folder
                            + "; name one with --images or set"
                            + " FACET_TESTDATA");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().toLowerCase(Locale.ROOT).endsWith(".jpg"))
                    .sorted()
                    .limit(faces)
                    .map(ApiCommand::read)
                    .toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("facet: " + line);
        err.flush();
    }

    private static String describe(GrpcApiReport r) {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        """
                        gRPC on loopback, pack %s, %d faces, %d cores; clients and hub share them
                          one client         p50 %.1f ms, in process %.1f ms: overhead %.2f ms
                        """,
                        r.pack(),
                        r.faces(),
                        r.cores(),
                        r.grpcMsP50(),
                        r.inProcessMsP50(),
                        r.overheadMsP50()));
        r.calls().forEach((call, loads) -> loads.forEach(l -> text.append(describe(call, l))));
        return text.toString();
    }

    private static String describe(String call, Load l) {
        return String.format(
                Locale.ROOT,
                "  %-15s %2d clients %8.1f a second, p50 %.1f, p95 %.1f, p99 %.1f ms, %d failed%n",
                call,
                l.clients(),
                l.requestsPerSecond(),
                l.p50Ms(),
                l.p95Ms(),
                l.p99Ms(),
                l.failed());
    }
}
