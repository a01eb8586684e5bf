package io.facet.index;

import com.github.jelmerk.hnswlib.core.Item;
import com.github.jelmerk.hnswlib.core.SearchResult;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An approximate index for galleries too large to scan: hnswlib's graph (Malkov and Yashunin, 2016)
 * with a SIMD distance.
 *
 * <p>The library never frees a removed node and refuses to add an id again at a lower version. So
 * nodes here have numbers that are never used twice; a replaced embedding is a new node, in the
 * graph before the old one leaves it; what counts is the map of live nodes, and a search drops
 * everything that is not in it. When more than half of the graph is dead it is built anew from the
 * live nodes, by the writer that finds it so, while searches go on in the old one. Until then the
 * vectors of removed faces stay in memory as way-points.
 *
 * <p>Thread-safe; several faces may be put at a time.
 */
public final class HnswIndex implements VectorIndex {
    private static final int FIRST_CAPACITY = 1024;
    private static final int DEAD_ALLOWED = 1024;

    private final EmbeddingSpace space;
    private final Settings settings;
    private final ConcurrentHashMap<FaceId, Node> live = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    // Shared by puts and removes, exclusive while the graph is replaced.
    private final ReentrantReadWriteLock replacing = new ReentrantReadWriteLock();
    // Shared by all use of the graph, exclusive while its arrays grow: searches borrow bit sets of
    // the size the graph had, and the library does not check.
    private final ReentrantReadWriteLock growing = new ReentrantReadWriteLock();
    private volatile Graph graph;

    /**
     * How the graph is built and searched.
     *
     * @param m links of a node
     * @param efConstruction nodes looked at when one is added
     * @param ef nodes looked at by a search, at least
     */
    public record Settings(int m, int efConstruction, int ef) {
        public static final Settings DEFAULT = new Settings(16, 200, 256);
    }

    public HnswIndex(EmbeddingSpace space) {
        this(space, Settings.DEFAULT);
    }

    public HnswIndex(EmbeddingSpace space, Settings settings) {
        this.space = space;
        this.settings = settings;
        this.graph = new Graph(space.dimension(), settings, FIRST_CAPACITY);
    }

    @Override
    public EmbeddingSpace space() {
        return space;
    }

    @Override
    public int size() {
        return live.size();
    }

    @Override
    public void put(FaceId face, Embedding embedding) {
        Spaces.require(space, embedding);
        Node node = new Node(numbers.getAndIncrement(), face, embedding.toArray());
        with(replacing.readLock(), () -> live.compute(face, (_, old) -> replaced(old, node)));
        rebuildWhenMostlyDead();
    }

    @Override
    public boolean remove(FaceId face) {
        boolean[] found = new boolean[1];
        with(
                replacing.readLock(),
                () ->
                        live.computeIfPresent(
                                face,
                                (_, old) -> {
                                    found[0] = true;
                                    return drop(old);
                                }));
        rebuildWhenMostlyDead();
        return found[0];
    }

    @Override
    public Optional<Embedding> get(FaceId face) {
        return Optional.ofNullable(live.get(face))
                .map(node -> Embedding.normalised(space, node.vector));
    }

    @Override
    public List<Neighbour> nearest(Embedding probe, int k) {
        Spaces.require(space, probe);
        Spaces.requirePositive(k);
        float[] unit = probe.toArray();
        // Asked for everything, the graph has no way to leave out.
        List<Node> nodes = k >= live.size() ? List.copyOf(live.values()) : fromGraph(unit, k);
        List<Neighbour> found = new ArrayList<>(nodes.size());
        for (Node node : nodes) {
            if (live.get(node.face) == node) {
                float similarity = Math.clamp(Floats.dot(unit, node.vector), -1f, 1f);
                found.add(new Neighbour(node.face, similarity));
            }
        }
        found.sort(
                Comparator.comparingDouble((Neighbour n) -> n.similarity())
                        .reversed()
                        .thenComparing(Neighbour::face));
        return List.copyOf(found.subList(0, Math.min(k, found.size())));
    }

    private List<Node> fromGraph(float[] unit, int k) {
        int slack = Math.max(settings.ef, k);
        return with(growing.readLock(), () -> graph.nodes.findNearest(unit, slack)).stream()
                .map(SearchResult::item)
                .toList();
    }

    private Node replaced(@Nullable Node old, Node node) {
        add(graph, node);
        if (old != null) {
            drop(old);
        }
        return node;
    }

    private void add(Graph into, Node node) {
        if (into.claim() >= into.capacity) {
            with(growing.writeLock(), into::grow);
        }
        with(growing.readLock(), () -> into.nodes.add(node));
    }

    private @Nullable Node drop(Node old) {
        graph.nodes.remove(old.id(), old.version());
        return null;
    }

    private void rebuildWhenMostlyDead() {
        if (!mostlyDead()) {
            return;
        }
        with(
                replacing.writeLock(),
                () -> {
                    if (mostlyDead()) {
                        Graph fresh = new Graph(space.dimension(), settings, FIRST_CAPACITY);
                        live.values().forEach(node -> add(fresh, node));
                        graph = fresh;
                    }
                    return true;
                });
    }

    private boolean mostlyDead() {
        long dead = graph.claimed.get() - live.size();
        return dead > DEAD_ALLOWED && dead > live.size();
    }

    /** Nodes in the graph, dead ones included. */
    long graphSize() {
        return graph.claimed.get();
    }

    @Override
    public void close() {
        with(
                replacing.writeLock(),
                () -> {
                    live.clear();
                    graph = new Graph(space.dimension(), settings, FIRST_CAPACITY);
                    return true;
                });
    }

    private static <T extends @Nullable Object> T with(Lock lock, Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** The library's graph and how full it is. */
    private static final class Graph {
        final com.github.jelmerk.hnswlib.core.hnsw.HnswIndex<Long, float[], Node, Float> nodes;
        final AtomicLong claimed = new AtomicLong();
        volatile int capacity;

        Graph(int dimension, Settings settings, int capacity) {
            this.capacity = capacity;
            this.nodes =
                    com.github.jelmerk.hnswlib.core.hnsw.HnswIndex.<float[], Float>newBuilder(
                                    dimension, (a, b) -> 1 - Floats.dot(a, b), capacity)
                            .withM(settings.m)
                            .withEfConstruction(settings.efConstruction)
                            .withEf(settings.ef)
                            .withRemoveEnabled()
                            .build();
        }

        /** Takes a place; there may be none at this number yet. */
        long claim() {
            return claimed.getAndIncrement();
        }

        boolean grow() {
            while (claimed.get() > capacity) {
                capacity *= 2;
            }
            nodes.resize(capacity);
            return true;
        }
    }

    /** One embedding in the graph, under a number that no other ever has. */
    private static final class Node implements Item<Long, float[]> {
        final FaceId face;
        final float[] vector;
        private final long number;

        Node(long number, FaceId face, float[] vector) {
            this.number = number;
            this.face = face;
            this.vector = vector;
        }

        @Override
        public Long id() {
            return number;
        }

        @Override
        public float[] vector() {
            return vector;
        }

        @Override
        public int dimensions() {
            return vector.length;
        }
    }
}
