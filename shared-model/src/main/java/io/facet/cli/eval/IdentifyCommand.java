package io.facet.cli.eval;

import io.facet.cli.JsonOption;
import io.facet.config.FacetConfig.Recognition;
import io.facet.eval.IdentificationReport;
import io.facet.match.MatchPolicy;
import io.facet.vision.pipeline.PackVision;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./facet eval identify}. */
@Command(
        name = "identify",
        mixinStandardHelpOptions = true,
        description = "Who of many is it? A folder per person.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it runs the command
final class IdentifyCommand implements Callable<Integer> {
    private static final int DETECTOR_SIZE = 640;

    @Spec private CommandSpec spec;
    @Mixin private VisionOption vision;
    @Mixin private JsonOption json;

    @Option(names = "--gallery", required = true, description = "folder with a folder per person")
    private Path gallery;

    @Option(
            names = "--probes",
            required = true,
            description = "likewise; people outside the gallery in the folder _unknown")
    private Path probes;

    @Override
    public Integer call() {
        Recognition r = vision.config(DETECTOR_SIZE).recognition();
        try (PackVision open = vision.open(DETECTOR_SIZE)) {
            IdentificationReport report =
                    IdentificationReport.of(
                            open.pack().pack().name(),
                            open,
                            vision.pictures(vision.config(DETECTOR_SIZE)),
                            gallery,
                            probes,
                            new MatchPolicy(r.threshold(), r.margin(), r.maxResults()));
            Report.print(spec.commandLine(), json, report, describe(report));
        }
        return 0;
    }

    private static String describe(IdentificationReport r) {
        return String.format(
                Locale.ROOT,
                """
                pack %s, %d people by %d faces; probes: %d of them, %d strangers
                  rank 1                 %.4f
                  FNIR at FPIR 0         %.4f
                  FNIR at FPIR 0.1       %.4f
                  at the set threshold   %d named rightly, %d strangers named, %d ambiguous
                  faces not found        %d
                """,
                r.pack(),
                r.people(),
                r.galleryFaces(),
                r.knownProbes(),
                r.unknownProbes(),
                r.rank1(),
                r.fnirAtFpir0(),
                r.fnirAtFpir10(),
                r.knownRight(),
                r.unknownNamed(),
                r.ambiguous(),
                r.facesNotFound());
    }
}
