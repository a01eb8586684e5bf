package io.facet.vision.pipeline;

import io.facet.model.Box;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.vision.pipeline.SelfTestReport.Check;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Checks that the stages still give known answers. A wrong colour order, scale or template, or
 * memory shared between threads, gives no error anywhere else, only worse recognition.
 *
 * <p>Needs no data: the picture is drawn and the answers are pinned by network hash. Where the
 * golden pictures of an independent program are at hand, they are checked too. Takes about a second
 * a core; loads nothing.
 */
public final class SelfTest {
    private static final double SAME_BOX = 0.8;
    private static final double SAME_EMBEDDING = 0.999;
    private static final double SAME_NUMBERS = 0.98;
    private static final int CALLERS = 8;

    private final PinnedAnswers pinned = PinnedAnswers.load();
    private final List<Check> checks = new ArrayList<>();
    private final List<String> notPinned = new ArrayList<>();

    private SelfTest() {}

    /**
     * Golden pictures of an independent program.
     *
     * @param golden the file with its answers
     * @param data the folder its picture names are relative to
     */
    public record Reference(Path golden, Path data) {
        /**
         * The golden pictures where a mirror of models has the answers and the test data all of the
         * pictures; a box without them checks the project's own pinned answers only.
         */
        public static Optional<Reference> find(Optional<Path> mirror, Path data) {
            return mirror.map(folder -> folder.resolve("golden.json"))
                    .filter(Files::isRegularFile)
                    .map(golden -> new Reference(golden, data))
                    .filter(GoldenPictures::haveAll);
        }
    }

    /** Checks the drawn picture only. */
    public static SelfTestReport run(PackVision vision) {
        return run(vision, Optional.empty());
    }

    /** Checks the drawn picture and, when the reference fits the pack, its pictures. */
    public static SelfTestReport run(PackVision vision, Optional<Reference> reference) {
        SelfTest test = new SelfTest();
        StageAnswers stages = new StageAnswers(vision);
        test.compareStages(vision, stages, reference);
        test.compareConcurrently(stages);
        return SelfTestReport.of(test.checks, test.notPinned);
    }

    /** The same without many callers at once: every stage once, for a process that starts. */
    public static SelfTestReport quick(PackVision vision, Optional<Reference> reference) {
        SelfTest test = new SelfTest();
        test.compareStages(vision, new StageAnswers(vision), reference);
        return SelfTestReport.of(test.checks, test.notPinned);
    }

    /**
     * Stages of a pack whose networks nobody has pinned an answer of: a check would say nothing of
     * them. Loads nothing.
     */
    public static List<String> unknown(ResolvedPack pack) {
        PinnedAnswers pinned = PinnedAnswers.load();
        return StageAnswers.keys(pack).stream()
                .filter(key -> pinned.of(key).isEmpty())
                .map(key -> key.substring(0, key.indexOf(':')))
                .toList();
    }

    private void compareStages(
            PackVision vision, StageAnswers stages, Optional<Reference> reference) {
        stages.all().forEach(this::compare);
        reference
                .filter(r -> GoldenPictures.fit(vision.pack()))
                .ifPresent(r -> checks.addAll(GoldenPictures.check(vision, r)));
    }

    private void compare(String key, float[] answer) {
        String stage = key.substring(0, key.indexOf(':'));
        Optional<float[]> expected = pinned.of(key);
        if (expected.isEmpty()) {
            notPinned.add(stage);
        } else {
            checks.add(check(stage, expected.get(), answer));
        }
    }

    private static Check check(String stage, float[] expected, float[] answer) {
        return switch (stage) {
            case "detect" ->
                    Check.atLeast(
                            "drawn_face_box",
                            box(expected).iou(box(answer)),
                            SAME_BOX,
                            "overlap with the pinned box");
            case "embed" ->
                    Check.atLeast(
                            "drawn_face_embedding",
                            Closeness.cosine(expected, answer),
                            SAME_EMBEDDING,
                            "cosine with the pinned embedding, points given");
            case "landmarks" ->
                    Check.atLeast(
                            "drawn_face_landmarks",
                            1
                                    - Closeness.greatestDifference(expected, answer)
                                            / SyntheticFace.FACE.box().width(),
                            SAME_NUMBERS,
                            "1 less the greatest shift of a point in box widths");
            default ->
                    Check.atLeast(
                            "drawn_face_" + stage,
                            1 - Closeness.greatestDifference(expected, answer),
                            SAME_NUMBERS,
                            "1 less the greatest difference of a score");
        };
    }

    /** Many callers at once must get what one alone gets. */
    private void compareConcurrently(StageAnswers stages) {
        float[] alone = stages.embedding();
        double worst =
                IntStream.range(0, CALLERS)
                        .parallel()
                        .mapToDouble(i -> Closeness.cosine(alone, stages.embedding()))
                        .min()
                        .orElse(0);
        checks.add(
                Check.atLeast(
                        "concurrent_embedding",
                        worst,
                        SAME_EMBEDDING,
                        "worst cosine of " + CALLERS + " callers at once with one alone"));
    }

    private static Box box(float[] numbers) {
        return new Box(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}
