package io.facet.cli.eval;

import io.facet.config.ConfigLoader;
import io.facet.config.FacetConfig;
import io.facet.config.FacetConfig.Detection;
import io.facet.config.FacetConfig.Recognition;
import io.facet.eval.Pictures;
import io.facet.vision.catalog.ModelPacks;
import io.facet.vision.catalog.Resolution;
import io.facet.vision.pipeline.PackVision;
import io.facet.vision.pipeline.VisionFactory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which pack sees the pictures, and how; use as a picocli {@code @Mixin}. */
@SuppressWarnings("NullAway.Init") // picocli sets the spec before it runs the command
final class VisionOption {
    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--pack", description = "model pack of this run; default: the configured one")
    private @Nullable String pack;

    @Option(names = "--config", description = "configuration file; default: the defaults")
    private @Nullable Path config;

    @Option(
            names = "--detector-size",
            description = "longer side of what the detector sees, a multiple of 32")
    private @Nullable Integer detectorSize;

    /** Resolves and opens the pack, saying on standard error what that takes. */
    PackVision open(int usualDetectorSize) {
        FacetConfig effective = config(usualDetectorSize);
        Resolution resolution =
                ModelPacks.resolver(
                                ModelPacks.options(
                                        effective.models(), home(), System.getenv(), this::say))
                        .resolve(effective.recognition().model());
        if (resolution instanceof Resolution.Resolved resolved) {
            resolved.notes().forEach(this::say);
        }
        return VisionFactory.open(effective, resolution.orThrow());
    }

    /** The configuration with this run's options in it; liveness and expression are on. */
    FacetConfig config(int usualDetectorSize) {
        FacetConfig c = ConfigLoader.load(Optional.ofNullable(config), System.getenv());
        Recognition r = c.recognition();
        Detection d = c.detection();
        return c.withRecognition(
                        new Recognition(
                                pack == null ? r.model() : pack,
                                r.threshold(),
                                r.maxResults(),
                                r.margin(),
                                true,
                                r.livenessThreshold(),
                                true))
                .withDetection(
                        new Detection(
                                detectorSize(usualDetectorSize),
                                d.scoreThreshold(),
                                d.tiles(),
                                d.minFaceSize()));
    }

    int detectorSize(int usual) {
        return detectorSize == null ? usual : detectorSize;
    }

    /** Pictures on all cores, with a line of progress every tenth of the way. */
    Pictures pictures(FacetConfig effective) {
        return new Pictures(
                effective.limits(),
                Runtime.getRuntime().availableProcessors(),
                (done, total) -> {
                    if (done * 10L / total != (done - 1) * 10L / total) {
                        say(done + " of " + total + " pictures");
                    }
                });
    }

    void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("facet: " + line);
        err.flush();
    }

    /** The installation's folder, as the launcher says; else where it was started. */
    private static Path home() {
        return Path.of(System.getenv().getOrDefault("FACET_HOME", "."));
    }
}
