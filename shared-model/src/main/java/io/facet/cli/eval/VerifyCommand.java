package io.facet.cli.eval;

import io.facet.cli.JsonOption;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.eval.PairList;
import io.facet.eval.RocPlot;
import io.facet.eval.Verification;
import io.facet.eval.VerificationReport;
import io.facet.eval.VerificationRun;
import io.facet.vision.pipeline.PackVision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./facet eval verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Are two pictures of one person? Pairs in the layout of LFW.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it runs the command
final class VerifyCommand implements Callable<Integer> {
    // The size at which the reference figures were taken: faces of LFW fill their picture.
    private static final int DETECTOR_SIZE = 320;

    @Spec private CommandSpec spec;
    @Mixin private VisionOption vision;
    @Mixin private JsonOption json;

    @Option(names = "--images", required = true, description = "folder with a folder per person")
    private Path images;

    @Option(names = "--pairs", required = true, description = "pairs file, any number of sets")
    private Path pairs;

    @Option(names = "--roc", description = "where to write the ROC curve as SVG")
    private @Nullable Path roc;

    @Override
    public Integer call() {
        PairList list = PairList.read(pairs);
        try (PackVision open = vision.open(DETECTOR_SIZE)) {
            VerificationRun run =
                    VerificationRun.of(
                            open, vision.pictures(vision.config(DETECTOR_SIZE)), images, list);
            VerificationReport report =
                    VerificationReport.of(
                            open.pack().pack().name(),
                            vision.detectorSize(DETECTOR_SIZE),
                            run,
                            open.calibration());
            if (roc != null) {
                write(roc, run, report);
            }
            Report.print(spec.commandLine(), json, report, describe(report));
        }
        return 0;
    }

    private static void write(Path file, VerificationRun run, VerificationReport r) {
        String caption =
                String.format(
                        Locale.ROOT,
                        "%,d pairs, accuracy %.4f, TAR %.4f at FAR 0.1 %%, EER %.4f",
                        r.pairs(),
                        r.accuracy(),
                        r.tarAtFar1000(),
                        r.eer());
        try {
            Files.writeString(
                    file,
                    RocPlot.svg(
                            new Verification(run.pooled()).roc(),
                            "Verification, pack " + r.pack(),
                            caption));
        } catch (IOException unwritable) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "cannot write " + file, unwritable);
        }
    }

    private static String describe(VerificationReport r) {
        return String.format(
                Locale.ROOT,
                """
                pack %s, detector at %d, %d pairs in %d sets, %d pictures
                  accuracy            %.4f +- %.4f
                  TAR at FAR 0.1 %%    %.4f
                  TAR at FAR 1 %%      %.4f
                  EER                 %.4f
                  threshold           %.3f (cosine %.4f)
                  at threshold 0.60   FAR %.4f, TAR %.4f
                  faces not found     %d
                  pictures a second   %.1f
                """,
                r.pack(),
                r.detectorSize(),
                r.pairs(),
                r.sets(),
                r.images(),
                r.accuracy(),
                r.accuracySd(),
                r.tarAtFar1000(),
                r.tarAtFar100(),
                r.eer(),
                r.threshold(),
                r.thresholdSimilarity(),
                r.farAtDefault(),
                r.tarAtDefault(),
                r.facesNotFound(),
                r.imagesPerSecond());
    }
}
