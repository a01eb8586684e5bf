package io.facet.bench;

import io.facet.index.FloatScan;
import io.facet.index.SequentialRead;
import io.facet.index.VectorIndex;
import io.facet.index.VectorIndexes;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A gallery spread evenly over the sphere, the hardest there is to tell apart, and probes: half are
 * other pictures of somebody in it (cosine about 0.7), half are strangers, whose first neighbour is
 * one of many about as near.
 */
final class SearchBench {
    private static final long READ_BYTES = 512L << 20;
    private static final int PART = 50_000;
    private static final float OTHER_PICTURE = 1.0f; // length of the noise: cosine 1 / sqrt(2)

    private final String kind;
    private final int faces;
    private final EmbeddingSpace space;
    private final Random random;
    private final VectorIndex index;
    private final FloatScan truth;
    private final List<Embedding> probes = new ArrayList<>();
    private final int queries;
    private long buildNanos;
    private long indexBytes;
    private long sink;

    SearchBench(String kind, int faces, int dimension, int queries, long seed) {
        this.kind = kind;
        this.faces = faces;
        this.queries = queries;
        this.space = new EmbeddingSpace("00000000000000bb", dimension);
        this.random = new Random(seed);
        this.index = VectorIndexes.create(kind, space, faces);
        this.truth = new FloatScan(dimension, faces);
    }

    /** Makes the gallery and the probes, a part at a time. */
    void fill() {
        int every = Math.max(1, 2 * faces / queries);
        for (int row = 0; row < faces; row += PART) {
            put(row, part(row, every));
        }
    }

    private List<Embedding> part(int from, int every) {
        List<Embedding> part = new ArrayList<>(PART);
        for (int row = from; row < Math.min(faces, from + PART); row++) {
            Embedding face = Embedding.normalised(space, gaussian());
            truth.add(face.toArray());
            part.add(face);
            if (row % every == 0 && probes.size() < queries) {
                probes.add(otherPicture(face));
                probes.add(Embedding.normalised(space, gaussian()));
            }
        }
        return part;
    }

    private void put(int from, List<Embedding> part) {
        long heapBefore = usedHeap();
        long start = System.nanoTime();
        IntStream.range(0, part.size())
                .parallel()
                .forEach(i -> index.put(face(from + i), part.get(i)));
        buildNanos += System.nanoTime() - start;
        indexBytes += usedHeap() - heapBefore;
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Warms up, measures, and compares every answer with the float scan's. */
    SearchReport measure(int rounds) {
        SequentialRead read = new SequentialRead(READ_BYTES);
        Stopwatch reading = new Stopwatch();
        Stopwatch searching = new Stopwatch();
        Stopwatch scanning = new Stopwatch();
        List<float[]> raw = probes.stream().map(Embedding::toArray).toList();
        List<float[]> few = raw.subList(0, Math.min(20, raw.size()));
        warmUp(read, few);
        // Taken in turn, so that what else the machine does hits all three alike.
        for (int i = 0; i < rounds; i++) {
            reading.time(() -> sink += read.pass());
            searching.time(() -> probes.forEach(p -> sink += index.nearest(p, 5).size()));
            scanning.time(() -> few.forEach(p -> sink += truth.nearest(p)));
        }
        return report(reading, searching, few.size() / scanning.wallSeconds());
    }

    private void warmUp(SequentialRead read, List<float[]> few) {
        for (int i = 0; i < 3; i++) {
            sink += read.pass();
            probes.forEach(p -> sink += index.nearest(p, 5).size());
            few.forEach(p -> sink += truth.nearest(p));
        }
    }

    private SearchReport report(Stopwatch reading, Stopwatch searching, double floatRate) {
        double rate = probes.size() / searching.wallSeconds();
        long bytes = kind.equals("hnsw") ? 0 : (long) faces * space.dimension();
        double readRate = READ_BYTES / reading.wallSeconds();
        return new SearchReport(
                kind,
                faces,
                space.dimension(),
                probes.size(),
                VectorIndexes.vectorBits(),
                recall(),
                buildNanos / 1e9,
                indexBytes >> 20,
                rate,
                probes.size() / searching.cpuSeconds(),
                bytes,
                bytes * rate,
                READ_BYTES,
                readRate,
                bytes * rate / readRate,
                floatRate,
                rate / floatRate);
    }

    /** A tie of cosines counts as right, whichever of the two came first. */
    private double recall() {
        long right =
                probes.stream()
                        .filter(probe -> {
                            int best = truth.nearest(probe.toArray());
                            var found = index.nearest(probe, 1).getFirst();
                            float most = truth.similarity(probe.toArray(), best);
                            return found.face().equals(face(best))
                                    || found.similarity() > most - 1e-6f;
                        })
                        .count();
        return (double) right / probes.size();
    }

    private Embedding otherPicture(Embedding of) {
        float[] raw = of.toArray();
        float[] noise = Embedding.normalised(space, gaussian()).toArray();
        for (int i = 0; i < raw.length; i++) {
            raw[i] += OTHER_PICTURE * noise[i];
        }
        return Embedding.normalised(space, raw);
    }

    private float[] gaussian() {
        float[] raw = new float[space.dimension()];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (float) random.nextGaussian();
        }
        return raw;
    }

    private static FaceId face(int row) {
        return new FaceId(new UUID(0x7000L, Long.MIN_VALUE | row));
    }
}
