package io.facet.vision.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Keeps one detection per face. */
public final class Suppression {
    private Suppression() {}

    /**
     * Greedy non-maximum suppression: best first, each kept one removes all that overlap it by more
     * than {@code iou}.
     *
     * @param iou intersection over union, 0 to 1
     * @return the kept ones, best first
     */
    public static List<DetectedFace> apply(List<DetectedFace> faces, float iou) {
        List<DetectedFace> bestFirst = new ArrayList<>(faces);
        bestFirst.sort(Comparator.comparingDouble(DetectedFace::score).reversed());
        List<DetectedFace> kept = new ArrayList<>();
        for (DetectedFace face : bestFirst) {
            if (kept.stream().noneMatch(k -> k.box().iou(face.box()) > iou)) {
                kept.add(face);
            }
        }
        return kept;
    }
}
