package io.facet.bench.jmh;

import io.facet.index.ExactIndex;
import io.facet.index.FloatScan;
import io.facet.index.SequentialRead;
import io.facet.index.VectorIndex.Neighbour;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One search over 50,000 faces: codes, plain floats, and reading memory alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector"})
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class SearchKernels {
    private static final int FACES = 50_000;

    /** The dimensions of the packs. */
    @Param({"128", "256", "512"})
    public int dimension;

    private ExactIndex codes;
    private FloatScan floats;
    private SequentialRead memory;
    private Embedding probe;
    private float[] rawProbe;

    /** Fills the galleries. */
    @Setup
    public void fill() {
        Random random = new Random(1);
        EmbeddingSpace space = new EmbeddingSpace("00000000000000bb", dimension);
        codes = new ExactIndex(space);
        floats = new FloatScan(dimension, FACES);
        for (int row = 0; row < FACES; row++) {
            Embedding face = random(space, random);
            codes.put(new FaceId(new UUID(0x7000L, Long.MIN_VALUE | row)), face);
            floats.add(face.toArray());
        }
        memory = new SequentialRead((long) FACES * dimension / 256 * 256);
        probe = random(space, random);
        rawProbe = probe.toArray();
    }

    private static Embedding random(EmbeddingSpace space, Random random) {
        float[] raw = new float[space.dimension()];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (float) random.nextGaussian();
        }
        return Embedding.normalised(space, raw);
    }

    @Benchmark
    public List<Neighbour> scanOfCodes() {
        return codes.nearest(probe, 5);
    }

    @Benchmark
    public int scanOfFloats() {
        return floats.nearest(rawProbe);
    }

    @Benchmark
    public long readOfAsManyBytes() {
        return memory.pass();
    }
}
