package io.facet.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.config.FacetConfig;
import io.facet.config.FacetConfig.Detection;
import io.facet.config.FacetConfig.Recognition;
import io.facet.error.ErrorCode;
import io.facet.match.MatchPolicy;
import io.facet.vision.catalog.ModelPacks;
import io.facet.vision.catalog.Resolution;
import io.facet.vision.catalog.TestFolders;
import io.facet.vision.pipeline.PackVision;
import io.facet.vision.pipeline.VisionFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The accuracy that proves the pre-processing, on real pictures: a wrong channel order, scale or
 * template still "works", and costs points here.
 */
class EvalIT {
    private static final Path DATA = TestFolders.data();

    @Test
    void openPackVerifiesFacesInTheWild() {
        VerificationReport report = verify("open");
        assertThat(report.accuracy()).isGreaterThanOrEqualTo(0.993);
        assertThat(report.facesNotFound()).isZero();
        assertThat(report.farAtDefault()).isLessThanOrEqualTo(0.002);
        assertThat(report.tarAtDefault()).isGreaterThan(0.97);
    }

    @Test
    void starterPackVerifiesFacesInTheWild() {
        VerificationReport report = verify("starter");
        assertThat(report.accuracy()).isGreaterThanOrEqualTo(0.98);
        assertThat(report.facesNotFound()).isZero();
        assertThat(report.farAtDefault()).isLessThanOrEqualTo(0.002);
        assertThat(report.tarAtDefault()).isGreaterThan(0.9);
    }

    @Test
    void openPackFindsTheFacesAndNoneWhereThereAreNone() {
        try (PackVision vision = open("open", 640)) {
            Path folder = DATA.resolve("detect-compreface");
            DetectionReport report =
                    DetectionReport.of(
                            "open", 640, vision, pictures(), folder, folder.resolve("noses.tsv"));
            assertThat(report.recall()).isGreaterThanOrEqualTo(0.95);
            assertThat(report.precision()).isGreaterThanOrEqualTo(0.95);
            assertThat(report.falseFacesInEmptyPictures()).isZero();
        }
    }

    @Test
    void expressionsAreGuessedAsWellAsTheReferenceGuessesThem() {
        try (PackVision vision = open("open", 320)) {
            Assumptions.assumeTrue(vision.expression().isPresent(), "needs the expression network");
            ExpressionReport report =
                    ExpressionReport.of(
                            "open",
                            vision.expression().orElseThrow(),
                            pictures(),
                            DATA.resolve("fer2013-public-test"));
            // An independent program got 0.551 with the same network.
            assertThat(report.accuracy()).isBetween(0.53, 0.58);
        }
    }

    @Test
    void peopleOfThePortraitsAreNamed() {
        Path folder = DATA.resolve("portraits-face_recognition/examples/knn_examples/train");
        try (PackVision vision = open("open", 640)) {
            IdentificationReport report =
                    IdentificationReport.of(
                            "open",
                            vision,
                            pictures(),
                            folder,
                            folder,
                            new MatchPolicy(0.6f, 0.05f, 5));
            // The probes are the gallery's own pictures: anything but all right is a defect.
            assertThat(report.people()).isEqualTo(5);
            assertThat(report.rank1()).isEqualTo(1);
            assertThat(report.knownRight()).isEqualTo(report.knownProbes());
            assertThat(report.facesNotFound()).isZero();
        }
    }

    private static VerificationReport verify(String pack) {
        Path folder = DATA.resolve("lfw-folds1-2");
        try (PackVision vision = open(pack, 320)) {
            VerificationRun run =
                    VerificationRun.of(
                            vision,
                            pictures(),
                            folder.resolve("images"),
                            PairList.read(folder.resolve("pairs.txt")));
            return VerificationReport.of(pack, 320, run, vision.calibration());
        }
    }

    private static Pictures pictures() {
        return new Pictures(
                FacetConfig.Limits.DEFAULT,
                Runtime.getRuntime().availableProcessors(),
                (done, total) -> {});
    }

    /** Skips by name where a pack cannot be had; anything else that is wrong fails. */
    private static PackVision open(String pack, int detectorSize) {
        Resolution resolution =
                ModelPacks.resolver(
                                ModelPacks.options(
                                        FacetConfig.Models.DEFAULT,
                                        TestFolders.home(),
                                        System.getenv(),
                                        line -> {}))
                        .resolve(pack);
        if (resolution instanceof Resolution.Refused refused) {
            Assumptions.assumeFalse(
                    refused.code() == ErrorCode.MODEL_UNAVAILABLE, refused.reason());
        }
        return VisionFactory.open(config(detectorSize), resolution.orThrow());
    }

    private static FacetConfig config(int detectorSize) {
        FacetConfig c = FacetConfig.DEFAULT;
        Recognition r = c.recognition();
        Detection d = c.detection();
        return c.withRecognition(
                        new Recognition(
                                r.model(),
                                r.threshold(),
                                r.maxResults(),
                                r.margin(),
                                true,
                                r.livenessThreshold(),
                                true))
                .withDetection(
                        new Detection(
                                detectorSize, d.scoreThreshold(), d.tiles(), d.minFaceSize()));
    }
}
