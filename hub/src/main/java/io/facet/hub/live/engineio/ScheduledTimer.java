package io.facet.hub.live.engineio;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The timer of real life: one scheduler thread, a virtual thread per task. */
public final class ScheduledTimer implements Timer, AutoCloseable {
    private final ScheduledThreadPoolExecutor scheduler;

    public ScheduledTimer() {
        scheduler =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("live-timer").factory());
        scheduler.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Duration now() {
        return Duration.ofNanos(System.nanoTime());
    }

    @Override
    public Task after(Duration delay, Runnable task) {
        try {
            Future<?> future =
                    scheduler.schedule(
                            () -> Thread.ofVirtual().name("live-task").start(task),
                            delay.toNanos(),
                            TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException _) {
            // The timer is closed: nothing runs later any more.
            return Task.NONE;
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
