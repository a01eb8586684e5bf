package io.facet.cli.eval;

import io.facet.cli.JsonOption;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.eval.ExpressionReport;
import io.facet.vision.pipeline.PackVision;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./facet eval expression}. */
@Command(
        name = "expression",
        mixinStandardHelpOptions = true,
        description = "Are expressions guessed right? Face crops in folders named by the label.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it runs the command
final class ExpressionCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private VisionOption vision;
    @Mixin private JsonOption json;

    @Option(
            names = "--dir",
            required = true,
            description = "folder with folders neutral, happy, sad, angry, fear, disgust, surprise")
    private Path folder;

    @Override
    public Integer call() {
        try (PackVision open = vision.open(320)) {
            ExpressionReport report =
                    ExpressionReport.of(
                            open.pack().pack().name(),
                            open.expression().orElseThrow(ExpressionCommand::missing),
                            vision.pictures(vision.config(320)),
                            folder);
            Report.print(spec.commandLine(), json, report, describe(report));
        }
        return 0;
    }

    private static FacetException missing() {
        return new FacetException(
                ErrorCode.MODEL_UNAVAILABLE,
                "the pack's expression network is missing; run ./facet models fetch");
    }

    private static String describe(ExpressionReport r) {
        StringBuilder text =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                "pack %s, %d pictures: accuracy %.4f%n",
                                r.pack(),
                                r.images(),
                                r.accuracy()));
        r.perClass()
                .forEach((label, share) ->
                        text.append(
                                String.format(
                                        Locale.ROOT,
                                        "  %-9s %.4f  guessed as %s%n",
                                        label,
                                        share,
                                        r.confusion().get(label))));
        return text.toString();
    }
}
