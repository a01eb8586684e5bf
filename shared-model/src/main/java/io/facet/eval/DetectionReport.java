package io.facet.eval;

import io.facet.model.Point;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.pipeline.Vision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code eval detect} found. A nose is found when a detection's box holds it; of several the
 * one whose own nose is nearest, and each detection counts for one nose only.
 *
 * @param recall noses found / noses
 * @param precision noses found / detections
 * @param falseFacesInEmptyPictures detections in pictures without faces
 * @param missed how many noses were missed, by picture, where any were
 * @param extra how many detections hold no nose, by picture, where any do
 */
public record DetectionReport(
        String pack,
        int detectorSize,
        int images,
        int faces,
        int detections,
        int found,
        double recall,
        double precision,
        int falseFacesInEmptyPictures,
        Map<String, Integer> missed,
        Map<String, Integer> extra) {

    /** Runs the detector over every picture of the table {@code truth}. */
    public static DetectionReport of(
            String pack,
            int detectorSize,
            Vision vision,
            Pictures pictures,
            Path folder,
            Path truth) {
        NoseTable table = NoseTable.read(truth);
        List<String> names = List.copyOf(table.noses().keySet());
        List<List<DetectedFace>> detections =
                pictures.each(
                        names.stream().map(folder::resolve).toList(),
                        image -> vision.detector().detect(image));
        Map<String, List<DetectedFace>> byName = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            byName.put(names.get(i), detections.get(i));
        }
        return of(pack, detectorSize, table, byName);
    }

    static DetectionReport of(
            String pack, int detectorSize, NoseTable table, Map<String, List<DetectedFace>> seen) {
        Map<String, Integer> missed = new LinkedHashMap<>();
        Map<String, Integer> extra = new LinkedHashMap<>();
        int faces = 0;
        int detections = 0;
        int found = 0;
        int inEmpty = 0;
        for (var picture : table.noses().entrySet()) {
            List<DetectedFace> here = seen.getOrDefault(picture.getKey(), List.of());
            int noses = picture.getValue().size();
            int hits = matched(picture.getValue(), here);
            faces += noses;
            detections += here.size();
            found += hits;
            inEmpty += noses == 0 ? here.size() : 0;
            note(missed, picture.getKey(), noses - hits);
            note(extra, picture.getKey(), here.size() - hits);
        }
        return new DetectionReport(
                pack,
                detectorSize,
                table.noses().size(),
                faces,
                detections,
                found,
                faces == 0 ? 1 : (double) found / faces,
                detections == 0 ? 1 : (double) found / detections,
                inEmpty,
                missed,
                extra);
    }

    private static void note(Map<String, Integer> counts, String picture, int count) {
        if (count > 0) {
            counts.put(picture, count);
        }
    }

    /** How many noses get a detection of their own, the nearest pairs first. */
    private static int matched(List<Point> noses, List<DetectedFace> detections) {
        record Hit(Point nose, DetectedFace face, float distance) {}
        List<Hit> hits = new ArrayList<>();
        for (Point nose : noses) {
            for (DetectedFace face : detections) {
                if (face.box().contains(nose)) {
                    hits.add(new Hit(nose, face, face.landmarks().nose().distance(nose)));
                }
            }
        }
        hits.sort(java.util.Comparator.comparingDouble(Hit::distance));
        List<Point> openNoses = new ArrayList<>(noses);
        List<DetectedFace> openFaces = new ArrayList<>(detections);
        int count = 0;
        for (Hit hit : hits) {
            if (openNoses.contains(hit.nose) && openFaces.contains(hit.face)) {
                openNoses.remove(hit.nose);
                openFaces.remove(hit.face);
                count++;
            }
        }
        return count;
    }
}
