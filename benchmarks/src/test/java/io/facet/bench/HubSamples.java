package io.facet.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Looks at a hub process's memory now and then. One thread's. */
final class HubSamples {
    private final HubProcess hub;
    private final long start = System.nanoTime();
    private final List<Sample> taken = new ArrayList<>();

    /**
     * A look.
     *
     * @param seconds since the beginning
     * @param heapMb live objects on the Java heap, just after a full collection
     * @param jvmMb resident of the JVM
     * @param databaseMb PostgreSQL's own, without its shared buffers
     * @param residentMb of all processes, shared buffers included
     */
    record Sample(
            double seconds, double heapMb, double jvmMb, double databaseMb, double residentMb) {}

    HubSamples(HubProcess hub) {
        this.hub = hub;
    }

    void take() throws IOException, InterruptedException {
        double heap = LiveHeap.mb(hub.pid());
        HubMemory memory = hub.memory();
        taken.add(
                new Sample(
                        (System.nanoTime() - start) / 1e9,
                        heap,
                        memory.jvmMb(),
                        hub.databaseOwnMb(),
                        memory.residentMb()));
    }

    List<Sample> all() {
        return List.copyOf(taken);
    }

    /** A figure of every look. */
    Trend trend(ToDoubleFunction<Sample> figure) {
        Trend trend = new Trend();
        taken.forEach(look -> trend.add(look.seconds(), figure.applyAsDouble(look)));
        return trend;
    }
}
