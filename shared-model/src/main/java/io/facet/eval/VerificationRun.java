package io.facet.eval;

import io.facet.eval.PairList.Pair;
import io.facet.model.Embedding;
import io.facet.vision.pipeline.Vision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pictures to scored pairs: each picture once, the face nearest its centre, cosine.
 *
 * @param sets scored pairs by set
 * @param pictures pictures looked at
 * @param facesNotFound how many of them had no face
 * @param seconds by the clock, from reading the first picture to the last embedding
 */
public record VerificationRun(
        List<List<ScoredPair>> sets, int pictures, int facesNotFound, double seconds) {

    /** Looks at every picture of the pairs; paths are relative to {@code folder}. */
    public static VerificationRun of(
            Vision vision, Pictures pictures, Path folder, PairList pairs) {
        List<Path> names = List.copyOf(pairs.pictures());
        long start = System.nanoTime();
        List<Optional<Embedding>> faces =
                pictures.each(
                        names.stream().map(folder::resolve).toList(),
                        image -> CentralFace.embed(vision, image));
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<Path, Embedding> found = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            Path name = names.get(i);
            faces.get(i).ifPresent(face -> found.put(name, face));
        }
        return new VerificationRun(
                scored(pairs, found), names.size(), names.size() - found.size(), seconds);
    }

    /** All pairs, whatever their set. */
    public List<ScoredPair> pooled() {
        return sets.stream().flatMap(List::stream).toList();
    }

    private static List<List<ScoredPair>> scored(PairList pairs, Map<Path, Embedding> faces) {
        List<List<ScoredPair>> sets = new ArrayList<>();
        for (List<Pair> set : pairs.sets()) {
            sets.add(set.stream().map(pair -> score(pair, faces)).toList());
        }
        return sets;
    }

    private static ScoredPair score(Pair pair, Map<Path, Embedding> faces) {
        Embedding first = faces.get(pair.first());
        Embedding second = faces.get(pair.second());
        return new ScoredPair(
                first == null || second == null ? ScoredPair.NO_FACE : first.similarity(second),
                pair.same());
    }
}
