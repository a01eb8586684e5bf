package io.facet.cli.eval;

import io.facet.cli.JsonOption;
import io.facet.eval.LivenessReport;
import io.facet.vision.pipeline.PackVision;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./facet eval liveness}. */
@Command(
        name = "liveness",
        mixinStandardHelpOptions = true,
        description = "Are attacks told from live faces? Two folders of photos.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it runs the command
final class LivenessCommand implements Callable<Integer> {
    private static final int DETECTOR_SIZE = 640;

    @Spec private CommandSpec spec;
    @Mixin private VisionOption vision;
    @Mixin private JsonOption json;

    @Option(names = "--live", required = true, description = "folder with photos of live faces")
    private Path live;

    @Option(names = "--spoof", required = true, description = "folder with photos of attacks")
    private Path spoof;

    @Override
    public Integer call() {
        float threshold = vision.config(DETECTOR_SIZE).recognition().livenessThreshold();
        try (PackVision open = vision.open(DETECTOR_SIZE)) {
            LivenessReport report =
                    LivenessReport.of(
                            open.pack().pack().name(),
                            threshold,
                            open,
                            vision.pictures(vision.config(DETECTOR_SIZE)),
                            live,
                            spoof);
            Report.print(spec.commandLine(), json, report, describe(report));
        }
        return 0;
    }

    private static String describe(LivenessReport r) {
        return String.format(
                Locale.ROOT,
                """
                pack %s, %d live photos, %d attacks, threshold %.2f
                  APCER   %.4f (without an answer %.4f)
                  BPCER   %.4f (without an answer %.4f)
                """,
                r.pack(),
                r.livePictures(),
                r.attackPictures(),
                r.threshold(),
                r.apcer(),
                r.apnrr(),
                r.bpcer(),
                r.bpnrr());
    }
}
