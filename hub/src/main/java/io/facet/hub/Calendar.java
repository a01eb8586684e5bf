package io.facet.hub;

import io.facet.hub.joining.Lapses;
import io.facet.hub.retention.Retention;
import io.facet.hub.watchlists.Watchlists;
import io.facet.lifecycle.Lifecycle;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the hub does every few hours by itself. */
final class Calendar {
    private static final Logger LOG = LoggerFactory.getLogger(Calendar.class);

    /** How late after its end something may still count. */
    private static final long SETTLED_WITHIN_SECONDS = 15;

    private Calendar() {}

    /**
     * Starts it. Partitions are made at the start and well before they are needed; old data is
     * deleted soon after the start and then every hour.
     *
     * @param logKept how long changes of the gallery are kept for boxes that are behind
     */
    static void start(
            Stores stores,
            Retention retention,
            Duration logKept,
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
        every(
                calendar,
                6,
                60,
                "the gallery's log was not shortened",
                () -> stores.gallery().forgetLog(clock.instant().minus(logKept)));
    }

    /** Lets watchlists, and the certificates of boxes, end when they say they do. */
    static void settle(Watchlists watchlists, Lapses certificates, Lifecycle parts) {
        ScheduledExecutorService settling =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("endings").factory());
        parts.own("endings", settling::shutdownNow);
        List<Runnable> endings =
                List.of(
                        safely("an ended watchlist's members stay on boxes", watchlists::settle),
                        safely("a box stays with an ended certificate", certificates::settle));
        var _ =
                settling.scheduleWithFixedDelay(
                        () -> endings.forEach(Runnable::run),
                        0,
                        SETTLED_WITHIN_SECONDS,
                        TimeUnit.SECONDS);
    }

    private static void every(
            ScheduledExecutorService calendar,
            long firstMinutes,
            long minutes,
            String trouble,
            Runnable work) {
        var _ =
                calendar.scheduleWithFixedDelay(
                        safely(trouble, work), firstMinutes, minutes, TimeUnit.MINUTES);
    }

    private static Runnable safely(String trouble, Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException failure) {
                LOG.warn(trouble, failure);
            }
        };
    }
}
