package io.facet.cli.eval;

import io.facet.cli.JsonOption;
import io.facet.eval.CalibrationFit;
import io.facet.eval.CalibrationFit.Fit;
import io.facet.eval.CentralFace;
import io.facet.eval.PairList;
import io.facet.eval.Pictures;
import io.facet.model.Embedding;
import io.facet.vision.embed.Calibration.Knot;
import io.facet.vision.pipeline.PackVision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./facet eval calibrate}. */
@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        description = {
            "Fits a pack's calibration: 0.60 at one false accept in a thousand.",
            "Prints the knots for the pack's manifest in models/packs."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it runs the command
final class CalibrateCommand implements Callable<Integer> {
    private static final int DETECTOR_SIZE = 320;

    @Spec private CommandSpec spec;
    @Mixin private VisionOption vision;
    @Mixin private JsonOption json;

    @Option(names = "--images", required = true, description = "folder with a folder per person")
    private Path images;

    @Option(
            names = "--except",
            paramLabel = "PAIRS",
            description = {
                "leave out every picture of this pairs file,",
                "so that eval verify on those pairs tests the fit on pictures it has not seen"
            })
    private @Nullable Path except;

    /** What is printed. */
    private record Fitted(
            String pack,
            String space,
            int people,
            int impostorPairs,
            int genuinePairs,
            int facesNotFound,
            List<Knot> knots) {}

    @Override
    public Integer call() {
        try (PackVision open = vision.open(DETECTOR_SIZE)) {
            List<Path> files = files();
            List<Optional<Embedding>> faces =
                    vision.pictures(vision.config(DETECTOR_SIZE))
                            .each(files, image -> CentralFace.embed(open, image));
            List<List<Embedding>> people = byFolder(files, faces);
            Fit fit = CalibrationFit.of(people);
            Fitted report =
                    new Fitted(
                            open.pack().pack().name(),
                            open.space().id(),
                            people.size(),
                            fit.impostorPairs(),
                            fit.genuinePairs(),
                            (int) faces.stream().filter(Optional::isEmpty).count(),
                            fit.calibration().knots());
            Report.print(spec.commandLine(), json, report, describe(report));
        }
        return 0;
    }

    private List<Path> files() {
        Set<Path> left = except == null ? Set.of() : PairList.read(except).pictures();
        List<Path> files = new ArrayList<>();
        for (Path person : Pictures.folders(images)) {
            Pictures.in(person).stream()
                    .filter(file -> !left.contains(images.relativize(file)))
                    .limit(CalibrationFit.PER_PERSON)
                    .forEach(files::add);
        }
        return files;
    }

    private static List<List<Embedding>> byFolder(
            List<Path> files, List<Optional<Embedding>> faces) {
        Map<Path, List<Embedding>> people = new LinkedHashMap<>();
        for (int i = 0; i < files.size(); i++) {
            List<Embedding> person =
                    people.computeIfAbsent(files.get(i).resolveSibling(""), _ -> new ArrayList<>());
            faces.get(i).ifPresent(person::add);
        }
        return people.values().stream().filter(p -> !p.isEmpty()).toList();
    }

    private static String describe(Fitted f) {
        StringBuilder text =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                "pack %s, space %s: %d people, %,d impostor pairs, %,d matched pairs%n",
                                f.pack,
                                f.space,
                                f.people,
                                f.impostorPairs,
                                f.genuinePairs));
        for (Knot knot : f.knots) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "      {\"cosine\": %s, \"confidence\": %s},%n",
                            knot.cosine(),
                            knot.confidence()));
        }
        return text.toString();
    }
}
