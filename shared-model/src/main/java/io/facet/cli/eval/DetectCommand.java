package io.facet.cli.eval;

import io.facet.cli.JsonOption;
import io.facet.eval.DetectionReport;
import io.facet.vision.pipeline.PackVision;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./facet eval detect}. */
@Command(
        name = "detect",
        mixinStandardHelpOptions = true,
        description = "Are all faces found, and nothing else?")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it runs the command
final class DetectCommand implements Callable<Integer> {
    private static final int DETECTOR_SIZE = 640;

    @Spec private CommandSpec spec;
    @Mixin private VisionOption vision;
    @Mixin private JsonOption json;

    @Option(names = "--images", required = true, description = "folder with the pictures")
    private Path images;

    @Option(
            names = "--truth",
            required = true,
            description = "table of noses: image, nose_x, nose_y, parted by tabs")
    private Path truth;

    @Override
    public Integer call() {
        try (PackVision open = vision.open(DETECTOR_SIZE)) {
            DetectionReport report =
                    DetectionReport.of(
                            open.pack().pack().name(),
                            vision.detectorSize(DETECTOR_SIZE),
                            open,
                            vision.pictures(vision.config(DETECTOR_SIZE)),
                            images,
                            truth);
            Report.print(spec.commandLine(), json, report, describe(report));
        }
        return 0;
    }

    private static String describe(DetectionReport r) {
        return String.format(
                Locale.ROOT,
                """
                pack %s, detector at %d, %d pictures with %d faces
                  recall      %.4f (missed: %s)
                  precision   %.4f of %d detections (extra: %s)
                  in pictures without faces: %d
                """,
                r.pack(),
                r.detectorSize(),
                r.images(),
                r.faces(),
                r.recall(),
                r.missed(),
                r.precision(),
                r.detections(),
                r.extra(),
                r.falseFacesInEmptyPictures());
    }
}
