package io.facet.hub;

import io.facet.hub.retention.Retention;
import io.facet.lifecycle.Lifecycle;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the hub does every few hours by itself. */
final class Calendar {
    private static final Logger LOG = LoggerFactory.getLogger(Calendar.class);

    private Calendar() {}

    /**
     * Starts it. Partitions are made at the start and well before they are needed; old data is
     * deleted soon after the start and then every hour.
     */
    static void start(
            Stores stores,
            Retention retention,
            OwnCertificate certificate,
            InstantSource clock,
            Lifecycle parts) {
        stores.events().prepare(clock.instant());
        ScheduledExecutorService calendar =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("calendar").factory());
        parts.own("calendar", calendar::shutdownNow);
        every(
                calendar,
                360,
                360,
                "the coming month's partitions wait",
                () -> stores.events().prepare(clock.instant()));
        every(calendar, 60, 60, "the hub's own certificate was not renewed", certificate::refresh);
        every(calendar, 5, 60, "old data was not deleted and waits", retention::run);
    }

    private static void every(
            ScheduledExecutorService calendar,
            long firstMinutes,
            long minutes,
            String trouble,
            Runnable work) {
        var _ =
                calendar.scheduleWithFixedDelay(
                        () -> {
                            try {
                                work.run();
                            } catch (RuntimeException failure) {
                                LOG.warn(trouble, failure);
                            }
                        },
                        firstMinutes,
                        minutes,
                        TimeUnit.MINUTES);
    }
}
