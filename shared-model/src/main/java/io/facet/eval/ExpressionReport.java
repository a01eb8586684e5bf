package io.facet.eval;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.Box;
import io.facet.model.Expression;
import io.facet.model.Landmarks;
import io.facet.model.Point;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.expression.ExpressionClassifier;
import io.facet.vision.image.Image;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code eval expression} found, over pictures that are face crops already, in folders named
 * by the expression.
 *
 * @param accuracy share of pictures whose first guess is their label
 * @param perClass the same of each label's pictures
 * @param confusion first guesses counted by label
 */
public record ExpressionReport(
        String pack,
        int images,
        double accuracy,
        Map<String, Double> perClass,
        Map<String, Map<String, Integer>> confusion) {

    /**
     * Classifies every picture of the label folders.
     *
     * @throws FacetException INVALID_ARGUMENT when no folder is named by an expression
     */
    public static ExpressionReport of(
            String pack, ExpressionClassifier classifier, Pictures pictures, Path folder) {
        List<Expression> labels = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (Path labelled : Pictures.folders(folder)) {
            label(labelled.getFileName().toString())
                    .ifPresent(label -> {
                        for (Path file : Pictures.in(labelled)) {
                            labels.add(label);
                            files.add(file);
                        }
                    });
        }
        if (files.isEmpty()) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    folder
                            + " has no folders named neutral, happy, sad, angry, fear, disgust or"
                            + " surprise with pictures in them");
        }
        return of(pack, labels, pictures.each(files, image -> guess(classifier, image)));
    }

    static ExpressionReport of(String pack, List<Expression> labels, List<Expression> guesses) {
        Map<String, Map<String, Integer>> confusion = new LinkedHashMap<>();
        int right = 0;
        for (int i = 0; i < labels.size(); i++) {
            confusion
                    .computeIfAbsent(labels.get(i).wireName(), _ -> new LinkedHashMap<>())
                    .merge(guesses.get(i).wireName(), 1, Integer::sum);
            right += labels.get(i) == guesses.get(i) ? 1 : 0;
        }
        Map<String, Double> perClass = new LinkedHashMap<>();
        confusion.forEach((label, row) ->
                perClass.put(
                        label,
                        (double) row.getOrDefault(label, 0)
                                / row.values().stream().mapToInt(n -> n).sum()));
        return new ExpressionReport(
                pack, labels.size(), (double) right / labels.size(), perClass, confusion);
    }

    private static Optional<Expression> label(String folder) {
        for (Expression expression : Expression.values()) {
            if (expression.wireName().equals(folder.toLowerCase(Locale.ROOT))) {
                return Optional.of(expression);
            }
        }
        return Optional.empty();
    }

    private static Expression guess(ExpressionClassifier classifier, Image image) {
        return classifier.classify(image, whole(image)).getFirst().expression();
    }

    /** The whole picture as a face; the points are where an average face has them. */
    private static DetectedFace whole(Image image) {
        float w = image.width();
        float h = image.height();
        Landmarks points =
                new Landmarks(
                        new Point(0.3f * w, 0.38f * h),
                        new Point(0.7f * w, 0.38f * h),
                        new Point(0.5f * w, 0.58f * h),
                        new Point(0.35f * w, 0.78f * h),
                        new Point(0.65f * w, 0.78f * h));
        return new DetectedFace(new Box(0, 0, w, h), points, 1);
    }
}
