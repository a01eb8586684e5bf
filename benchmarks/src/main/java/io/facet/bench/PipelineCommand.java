package io.facet.bench;

import io.facet.cli.JsonOption;
import io.facet.config.ConfigLoader;
import io.facet.config.FacetConfig;
import io.facet.config.FacetConfig.Detection;
import io.facet.edge.AgentVision;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.vision.pipeline.PackVision;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code ./facet bench pipeline}. Runs itself again in a process with the agent's own JVM options,
 * so that the memory it reports is what an agent would need.
 */
@Command(
        name = "pipeline",
        mixinStandardHelpOptions = true,
        description = "Runs a clip through capture, detection, recognition and event.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it runs the command
final class PipelineCommand implements Callable<Integer> {
    private static final String CLIP =
            "intel-videos/head-pose-face-detection-female-and-male.preview.mp4";
    private static final String AGENT_JVM = "-Xmx256m -XX:+UseSerialGC";

    @Spec private CommandSpec spec;
    @Mixin private JsonOption json;

    @Option(names = "--clip", description = "video file; default: one of the test data")
    private @Nullable Path clip;

    @Option(names = "--pack", defaultValue = "open", description = "model pack (${DEFAULT-VALUE})")
    private String pack;

    @Option(
            names = "--detector-size",
            defaultValue = "640",
            description = "longer side of what the detector sees (${DEFAULT-VALUE})")
    private int detectorSize;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description = "length of each of the two parts (${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--cameras",
            defaultValue = "1",
            description =
                    "more than one: so many cameras in real time on all cores"
                            + " (${DEFAULT-VALUE})")
    private int cameras;

    @Option(names = "--in-this-process", hidden = true)
    private boolean here;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (cameras < 1 || cameras > 64) {
            throw new FacetException(ErrorCode.INVALID_ARGUMENT, "--cameras is 1 to 64");
        }
        return here ? measure() : again();
    }

    private int again() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String options = System.getenv().getOrDefault("FACET_EDGE_JVM", AGENT_JVM);
        command.addAll(List.of(options.split(" +")));
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-modules=jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.facet.cli.Facet",
                        "bench",
                        "pipeline",
                        "--in-this-process"));
        command.add("--pack=" + pack);
        command.add("--detector-size=" + detectorSize);
        command.add("--seconds=" + seconds);
        command.add("--cameras=" + cameras);
        command.add("--clip=" + clip().toAbsolutePath());
        if (json.wanted()) {
            command.add("--json");
        }
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private int measure() throws InterruptedException {
        FacetConfig config = config();
        ResolvedPack resolved = BenchOption.resolve(config, home(), pack, this::say);
        if (cameras > 1) {
            measureMany(config, resolved);
            return 0;
        }
        try (PackVision vision = AgentVision.open(config, resolved, 1)) {
            PipelineReport report =
                    new PipelineBench(
                                    config, vision, clip(), Duration.ofSeconds(seconds), this::say)
                            .run();
            PrintWriter text = json.text(spec.commandLine());
            text.print(describe(report));
            text.flush();
            json.print(spec.commandLine().getOut(), report);
        }
        return 0;
    }

    private void measureMany(FacetConfig config, ResolvedPack resolved)
            throws InterruptedException {
        try (PackVision vision = AgentVision.open(config, resolved)) {
            CamerasReport report =
                    new CamerasBench(
                                    config,
                                    vision,
                                    clip(),
                                    cameras,
                                    Duration.ofSeconds(seconds),
                                    this::say)
                            .run();
            PrintWriter text = json.text(spec.commandLine());
            text.print(report.describe());
            text.flush();
            json.print(spec.commandLine().getOut(), report);
        }
    }

    private FacetConfig config() {
        FacetConfig c = ConfigLoader.load(Optional.empty(), System.getenv());
        Detection d = c.detection();
        return c.withDetection(
                new Detection(detectorSize, d.scoreThreshold(), d.tiles(), d.minFaceSize()));
    }

    private Path clip() {
        String folder = System.getenv().getOrDefault("FACET_TESTDATA", "");
        Path data =
                folder.isEmpty()
                        ? home().toAbsolutePath().normalize().resolveSibling("shared/data")
                        : Path.of(folder);
        Path file = clip == null ? data.resolve(CLIP) : clip;
        if (!Files.isReadable(file)) {
            throw new FacetException(
                    ErrorCode.NOT_FOUND,
                    "there is no clip " + file + "; name one with --clip or set FACET_TESTDATA");
        }
        return file;
    }

    private static Path home() {
        return Path.of(System.getenv().getOrDefault("FACET_HOME", "."));
    }

    private void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("facet: " + line);
        err.flush();
    }

    private static String describe(PipelineReport r) {
        return String.format(
                Locale.ROOT,
                """
                %s scaled to %s at %.0f frames a second, detector sees %s, pack %s
                  frames a second and core   %.1f (%d frames, %.1f faces each, %d looks)
                  CPU time of a frame        %.2f ms decoding, %.2f ms analysis
                  inference share            %.2f of the analysis
                  capture to event           p50 %.0f ms, p99 %.0f ms (%d events)
                  allocated                  %,d bytes a frame
                  resident                   %.0f MB
                """,
                r.clip(),
                r.frameSize(),
                r.frameRate(),
                r.detectorInput(),
                r.pack(),
                r.framesPerSecondPerCore(),
                r.frames(),
                r.facesPerFrame(),
                r.looks(),
                r.decodeMsPerFrame(),
                r.analysisMsPerFrame(),
                r.inferenceShare(),
                r.captureToEventP50Ms(),
                r.captureToEventP99Ms(),
                r.events(),
                r.allocatedBytesPerFrame(),
                r.residentMb());
    }
}
