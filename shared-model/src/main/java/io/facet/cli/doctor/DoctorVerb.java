package io.facet.cli.doctor;

import io.facet.cli.JsonOption;
import io.facet.cli.Verb;
import io.facet.config.ConfigLoader;
import io.facet.config.FacetConfig;
import io.facet.vision.catalog.ModelPacks;
import io.facet.vision.catalog.Resolution;
import io.facet.vision.catalog.ResolveOptions;
import io.facet.vision.pipeline.PackVision;
import io.facet.vision.pipeline.SelfTest;
import io.facet.vision.pipeline.VisionFactory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./facet doctor}: exit status 1 when a check fails. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Checks that this machine sees faces as it should.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it runs the command
public final class DoctorVerb implements Verb {
    @Spec private CommandSpec spec;

    @Mixin private JsonOption json;

    @Option(names = "--pack", description = "model pack of this run; default: the configured one")
    private @Nullable String pack;

    @Option(names = "--config", description = "configuration file; default: the defaults")
    private @Nullable Path config;

    @Override
    public Integer call() {
        FacetConfig read = ConfigLoader.load(Optional.ofNullable(config), System.getenv());
        ResolveOptions options =
                ModelPacks.options(read.models(), home(), System.getenv(), this::say);
        Resolution resolution =
                ModelPacks.resolver(options)
                        .resolve(pack == null ? read.recognition().model() : pack);
        if (resolution instanceof Resolution.Resolved resolved) {
            resolved.notes().forEach(this::say);
        }
        try (PackVision vision = VisionFactory.open(everyStage(read), resolution.orThrow())) {
            DoctorReport report =
                    DoctorReport.of(vision, SelfTest.run(vision, reference(options)), version());
            PrintWriter out = spec.commandLine().getOut();
            report.print(json.text(spec.commandLine()));
            json.print(out, report);
            return report.ok() ? 0 : 1;
        }
    }

    /** Stages that are switched off are checked too. */
    private static FacetConfig everyStage(FacetConfig c) {
        FacetConfig.Recognition r = c.recognition();
        return c.withRecognition(
                        new FacetConfig.Recognition(
                                r.model(),
                                r.threshold(),
                                r.maxResults(),
                                r.margin(),
                                true,
                                r.livenessThreshold(),
                                true))
                .withDetection(FacetConfig.Detection.DEFAULT);
    }

    /** The golden pictures, where the mirror and the test data have them. */
    private static Optional<SelfTest.Reference> reference(ResolveOptions options) {
        String named = System.getenv().getOrDefault("FACET_TESTDATA", "");
        Path data =
                named.isEmpty()
                        ? home().toAbsolutePath().normalize().resolveSibling("shared/data")
                        : Path.of(named);
        return SelfTest.Reference.find(options.mirror(), data);
    }

    private static String version() {
        String version = DoctorVerb.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("facet: " + line);
        err.flush();
    }

    /** The installation's folder, as the launcher says; else where it was started. */
    private static Path home() {
        return Path.of(System.getenv().getOrDefault("FACET_HOME", "."));
    }
}
