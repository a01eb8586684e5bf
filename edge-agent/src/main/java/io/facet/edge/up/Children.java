package io.facet.edge.up;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.lifecycle.Lifecycle;

/** The processes {@code up} has started; none is started any more once they are stopped. */
final class Children implements AutoCloseable {
    private final Lifecycle running = new Lifecycle();
    private volatile boolean stopping;

    /**
     * Starts a process.
     *
     * @throws FacetException {@code UNAVAILABLE} once all were stopped
     */
    synchronized Child start(String name, Lifecycle.Start<Child> start) {
        if (stopping) {
            throw new FacetException(ErrorCode.UNAVAILABLE, "stopping");
        }
        return running.start(name, start);
    }

    /** Whether they were told to stop. */
    boolean stopping() {
        return stopping;
    }

    @Override
    public void close() {
        stopping = true;
        synchronized (this) {
            running.close();
        }
    }
}
