package io.facet.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds started parts and closes them in reverse order, once.
 *
 * <p>The first failure of a close wins, later ones are suppressed into it; every part is closed all
 * the same. Thread-safe.
 */
public final class Lifecycle implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final Deque<Part> parts = new ArrayDeque<>();

    private record Part(String name, AutoCloseable closeable) {}

    /** A constructor that starts what it makes and may fail. */
    @FunctionalInterface
    public interface Start<T extends AutoCloseable> {
        T start() throws Exception;
    }

    /**
     * Starts a part. When it fails, everything started before is closed and the failure is thrown.
     */
    public <T extends AutoCloseable> T start(String name, Start<T> start) {
        try {
            T part = start.start();
            own(name, part);
            return part;
        } catch (Exception failure) {
            closeAfter(failure);
            throw failure instanceof RuntimeException unchecked
                    ? unchecked
                    : new IllegalStateException("could not start " + name, failure);
        }
    }

    /** Takes ownership of an already started part. */
    public synchronized void own(String name, AutoCloseable part) {
        parts.push(new Part(name, part));
    }

    @Override
    public void close() {
        RuntimeException first = null;
        for (Part part = next(); part != null; part = next()) {
            try {
                part.closeable().close();
            } catch (Exception failure) {
                LOG.warn("closing {} failed", part.name(), failure);
                if (first == null) {
                    first =
                            new IllegalStateException(
                                    "closing " + part.name() + " failed", failure);
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void closeAfter(Exception failure) {
        try {
            close();
        } catch (RuntimeException closing) {
            failure.addSuppressed(closing);
        }
    }

    private synchronized @org.jspecify.annotations.Nullable Part next() {
        return parts.poll();
    }
}
