package io.facet.index;

import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Looks at every face: a scan over 8-bit codes picks candidates, their floats decide.
 *
 * <p>Memory: 5 bytes a component, outside the Java heap, in blocks of {@link Block#ROWS} rows that
 * never move. A removed row is zeroed at once and used again by the next face. A face keeps its row
 * when its embedding is replaced, so no search can miss it half-way.
 *
 * <p>Searches run in parallel and hold each block for one pass only; writers take turns.
 */
public final class ExactIndex implements VectorIndex {
    /** Candidates re-scored in float, at least; twice as many as asked for where that is more. */
    private static final int CANDIDATES = 20;

    private static final Comparator<Neighbour> BEST_FIRST =
            Comparator.comparingDouble((Neighbour n) -> n.similarity())
                    .reversed()
                    .thenComparing(Neighbour::face);

    private final EmbeddingSpace space;
    private final Int8Codes coder;
    private final ArrayBlockingQueue<Scratch> scratches = new ArrayBlockingQueue<>(64);
    private final Object writing = new Object();
    private final Map<FaceId, Integer> rowOf = new HashMap<>(); // guarded by writing
    private final ArrayDeque<Integer> free = new ArrayDeque<>(); // guarded by writing
    private Arena memory = Arena.ofAuto(); // guarded by writing
    private int used; // rows ever used, guarded by writing
    private volatile Block[] blocks = new Block[0];
    private volatile int size;

    public ExactIndex(EmbeddingSpace space) {
        this.space = space;
        this.coder = new Int8Codes(space.dimension());
    }

    @Override
    public EmbeddingSpace space() {
        return space;
    }

    @Override
    public void put(FaceId face, Embedding embedding) {
        Spaces.require(space, embedding);
        synchronized (writing) {
            int row = rowOf.computeIfAbsent(face, _ -> freeRow());
            blocks[row / Block.ROWS].set(row % Block.ROWS, face, embedding);
            size = rowOf.size();
        }
    }

    @Override
    public boolean remove(FaceId face) {
        synchronized (writing) {
            Integer row = rowOf.remove(face);
            if (row == null) {
                return false;
            }
            blocks[row / Block.ROWS].clear(row % Block.ROWS);
            free.push(row);
            size = rowOf.size();
            return true;
        }
    }

    @Override
    public Optional<Embedding> get(FaceId face) {
        synchronized (writing) {
            Integer row = rowOf.get(face);
            return row == null
                    ? Optional.empty()
                    : Optional.of(
                            Embedding.normalised(
                                    space, blocks[row / Block.ROWS].get(row % Block.ROWS)));
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public List<Neighbour> nearest(Embedding probe, int k) {
        Spaces.require(space, probe);
        Spaces.requirePositive(k);
        Scratch scratch = borrow();
        try {
            return search(scratch, probe, k);
        } finally {
            scratches.offer(scratch);
        }
    }

    private List<Neighbour> search(Scratch scratch, Embedding probe, int k) {
        Block[] now = blocks;
        probe.copyTo(scratch.probe, 0);
        coder.encodeProbe(scratch.probe, scratch.codes);
        int rows = now.length * Block.ROWS;
        scratch.best.reset((int) Math.min(rows, Math.max(CANDIDATES, 2L * k)));
        for (int i = 0; i < now.length; i++) {
            now[i].scan(scratch.codes, scratch.dots, scratch.best, i * Block.ROWS);
        }
        return rescored(now, scratch, k);
    }

    private static List<Neighbour> rescored(Block[] blocks, Scratch scratch, int k) {
        List<Neighbour> found = new ArrayList<>(scratch.best.size());
        // A face that was removed and put again meanwhile may be met in both its rows.
        Set<FaceId> seen = new HashSet<>();
        for (int i = 0; i < scratch.best.size(); i++) {
            int row = scratch.best.row(i);
            Neighbour face = blocks[row / Block.ROWS].score(row % Block.ROWS, scratch.probe);
            if (face != null && seen.add(face.face())) {
                found.add(face);
            }
        }
        found.sort(BEST_FIRST);
        return List.copyOf(found.subList(0, Math.min(k, found.size())));
    }

    private int freeRow() {
        if (!free.isEmpty()) {
            return free.pop();
        }
        if (used == blocks.length * Block.ROWS) {
            Block[] more = Arrays.copyOf(blocks, blocks.length + 1);
            more[blocks.length] = new Block(coder, space.dimension(), memory);
            blocks = more;
        }
        return used++;
    }

    private Scratch borrow() {
        Scratch idle = scratches.poll();
        return idle == null ? new Scratch(space.dimension()) : idle;
    }

    /** Forgets every face. The memory goes when the last search that reads it has ended. */
    @Override
    public void close() {
        synchronized (writing) {
            rowOf.clear();
            free.clear();
            used = 0;
            blocks = new Block[0];
            size = 0;
            memory = Arena.ofAuto();
        }
    }

    /** What one search works with. */
    private static final class Scratch {
        final float[] probe;
        final short[] codes;
        final short[] dots = new short[Block.ROWS];
        final TopCandidates best = new TopCandidates();

        Scratch(int dimension) {
            probe = new float[dimension];
            codes = new short[dimension];
        }
    }
}
