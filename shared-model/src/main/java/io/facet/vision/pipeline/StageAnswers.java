package io.facet.vision.pipeline;

import io.facet.model.Box;
import io.facet.model.FaceEvent.ExpressionScore;
import io.facet.model.Liveness;
import io.facet.model.Point;
import io.facet.vision.catalog.ResolvedModel;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.embed.FaceInImage;
import io.facet.vision.image.Image;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the stages of a vision say of {@link SyntheticFace}, each as plain numbers under the stage's
 * name and the hashes of its networks. Stages after the detector get the points that were drawn, so
 * that each is judged alone.
 */
final class StageAnswers {
    private final PackVision vision;
    private final Image picture = SyntheticFace.draw();

    StageAnswers(PackVision vision) {
        this.vision = vision;
    }

    /** Answers by key, in the order of the pipeline; switched-off and missing stages are absent. */
    Map<String, float[]> all() {
        ResolvedPack pack = vision.pack();
        Map<String, float[]> answers = new LinkedHashMap<>();
        answers.put("detect:" + pack.detector().sha256(), box());
        answers.put("embed:" + pack.embedder().sha256(), embedding());
        if (vision.liveness().check(picture, SyntheticFace.FACE)
                instanceof Liveness.Performed performed) {
            answers.put("liveness:" + ensemble(pack), new float[] {performed.score()});
        }
        vision.landmarks()
                .ifPresent(net ->
                        answers.put(
                                "landmarks:" + pack.landmarks().orElseThrow().sha256(),
                                flat(net.predict(picture, SyntheticFace.FACE))));
        vision.expression()
                .ifPresent(net ->
                        answers.put(
                                "expression:" + pack.expression().orElseThrow().sha256(),
                                byClass(net.classify(picture, SyntheticFace.FACE))));
        return answers;
    }

    private static String ensemble(ResolvedPack pack) {
        return pack.liveness().stream().map(ResolvedModel::sha256).collect(Collectors.joining("+"));
    }

    /** The keys of {@link #all} with every stage of a pack on; loads nothing. */
    static List<String> keys(ResolvedPack pack) {
        List<String> keys = new ArrayList<>();
        keys.add("detect:" + pack.detector().sha256());
        keys.add("embed:" + pack.embedder().sha256());
        if (!pack.liveness().isEmpty()) {
            keys.add("liveness:" + ensemble(pack));
        }
        pack.landmarks().ifPresent(net -> keys.add("landmarks:" + net.sha256()));
        pack.expression().ifPresent(net -> keys.add("expression:" + net.sha256()));
        return keys;
    }

    /** The box of the best face; an empty one when there is none. */
    private float[] box() {
        Box box =
                vision.detector().detect(picture).stream()
                        .findFirst()
                        .map(DetectedFace::box)
                        .orElse(new Box(0, 0, 0, 0));
        return new float[] {box.x(), box.y(), box.width(), box.height()};
    }

    float[] embedding() {
        return vision.embedder()
                .embed(List.of(new FaceInImage(picture, SyntheticFace.FACE)))
                .getFirst()
                .toArray();
    }

    private static float[] flat(List<Point> points) {
        float[] flat = new float[2 * points.size()];
        for (int i = 0; i < points.size(); i++) {
            flat[2 * i] = points.get(i).x();
            flat[2 * i + 1] = points.get(i).y();
        }
        return flat;
    }

    private static float[] byClass(List<ExpressionScore> scores) {
        List<ExpressionScore> ordered =
                scores.stream().sorted(Comparator.comparing(ExpressionScore::expression)).toList();
        float[] byClass = new float[ordered.size()];
        for (int i = 0; i < byClass.length; i++) {
            byClass[i] = ordered.get(i).probability();
        }
        return byClass;
    }
}
