package io.facet.vision.image;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Working memory for stages that many threads call: as many pieces as ever ran at a time, used
 * again and again. Suits platform and virtual threads alike. Thread-safe.
 */
public final class ScratchPool<S> {
    private final Queue<S> idle = new ConcurrentLinkedQueue<>();
    private final Supplier<S> make;

    public ScratchPool(Supplier<S> make) {
        this.make = make;
    }

    /** Runs with a piece of its own, which must not outlive the call. */
    public <R> R with(Function<S, R> work) {
        S ready = idle.poll();
        S mine = ready == null ? make.get() : ready;
        try {
            return work.apply(mine);
        } finally {
            idle.add(mine);
        }
    }
}
