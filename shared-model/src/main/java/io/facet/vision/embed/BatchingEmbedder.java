package io.facet.vision.embed;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the faces of many callers, such as cameras, into few network calls.
 *
 * <p>A few lanes, each a thread, take what is waiting: alone when nobody else waits, together when
 * callers pile up behind running calls. A lane may linger a few milliseconds for company, which
 * pays on a graphics card and not on a processor. The queue holds at most one request a caller, as
 * callers wait for their answer. Thread-safe.
 */
public final class BatchingEmbedder implements FaceEmbedder, AutoCloseable {
    private final FaceEmbedder network;
    private final int maxFaces;
    private final long lingerNanos;
    private final LinkedBlockingQueue<Request> waiting = new LinkedBlockingQueue<>();
    private final List<Thread> lanes = new ArrayList<>();
    private boolean closed;

    private record Request(List<FaceInImage> faces, CompletableFuture<List<Embedding>> answer) {}

    /**
     * Starts the lanes.
     *
     * @param network does the work; not closed by this
     * @param lanes calls that run at a time
     * @param maxFaces faces after which a batch takes no further caller
     * @param linger longest wait for company, zero for none
     */
    public BatchingEmbedder(FaceEmbedder network, int lanes, int maxFaces, Duration linger) {
        this.network = network;
        this.maxFaces = maxFaces;
        this.lingerNanos = linger.toNanos();
        for (int i = 0; i < lanes; i++) {
            this.lanes.add(Thread.ofPlatform().daemon().name("embed-" + i).start(this::serve));
        }
    }

    @Override
    public EmbeddingSpace space() {
        return network.space();
    }

    /**
     * Waits for its turn and the network.
     *
     * @throws FacetException UNAVAILABLE after or during {@link #close}
     */
    @Override
    public List<Embedding> embed(List<FaceInImage> faces) {
        if (faces.isEmpty()) {
            return List.of();
        }
        Request request = new Request(List.copyOf(faces), new CompletableFuture<>());
        enqueue(request);
        try {
            return request.answer.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                cause.addSuppressed(new IllegalStateException("while waiting for a batch"));
                throw cause;
            }
            throw failure;
        }
    }

    /** Requests that no lane has taken yet. */
    int waiting() {
        return waiting.size();
    }

    private synchronized void enqueue(Request request) {
        if (closed) {
            throw closing();
        }
        waiting.add(request);
    }

    private void serve() {
        try {
            while (true) {
                run(gather(waiting.take()));
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt(); // close() ends the lane
        }
    }

    private List<Request> gather(Request first) throws InterruptedException {
        List<Request> batch = new ArrayList<>(List.of(first));
        int faces = first.faces.size();
        long deadline = System.nanoTime() + lingerNanos;
        while (faces < maxFaces) {
            long left = Math.max(0, deadline - System.nanoTime());
            Request next =
                    lingerNanos == 0 ? waiting.poll() : waiting.poll(left, TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            batch.add(next);
            faces += next.faces.size();
        }
        return batch;
    }

    private void run(List<Request> batch) {
        List<FaceInImage> faces = new ArrayList<>();
        batch.forEach(request -> faces.addAll(request.faces));
        try {
            List<Embedding> embeddings = network.embed(faces);
            int from = 0;
            for (Request request : batch) {
                int to = from + request.faces.size();
                request.answer.complete(List.copyOf(embeddings.subList(from, to)));
                from = to;
            }
        } catch (RuntimeException failure) {
            blame(batch, failure);
        }
    }

    /** One caller's bad face must not fail the others: each is tried alone. */
    private void blame(List<Request> batch, RuntimeException failure) {
        if (batch.size() == 1) {
            batch.getFirst().answer.completeExceptionally(failure);
        } else {
            batch.forEach(request -> run(List.of(request)));
        }
    }

    /** Ends the lanes after the calls they are in; callers still waiting get UNAVAILABLE. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        lanes.forEach(Thread::interrupt);
        for (Thread lane : lanes) {
            join(lane);
        }
        for (@Nullable Request left = waiting.poll(); left != null; left = waiting.poll()) {
            left.answer.completeExceptionally(closing());
        }
    }

    private static void join(Thread lane) {
        try {
            lane.join();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private static FacetException closing() {
        return new FacetException(
                ErrorCode.UNAVAILABLE, "faces are no longer embedded; the process is stopping");
    }
}
