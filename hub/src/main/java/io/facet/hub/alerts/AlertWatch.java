package io.facet.hub.alerts;

import io.facet.error.FacetException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Evaluates the rules again and again, on a thread of its own, until it is closed. */
public final class AlertWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlertWatch.class);

    private final Runnable evaluate;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("alerts").factory());

    /** Starts; the first look is after one interval, when boxes have had time to report. */
    public AlertWatch(Runnable evaluate, Duration interval) {
        this.evaluate = evaluate;
        var _ =
                thread.scheduleWithFixedDelay(
                        this::look,
                        interval.toMillis(),
                        interval.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            evaluate.run();
        } catch (FacetException away) {
            LOG.warn("alerts wait: {}", away.reason());
        } catch (RuntimeException defect) {
            LOG.error("a look at the alerts failed", defect);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException stop) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
