package io.facet.hub.monitor;

import io.facet.hub.cameras.CameraService;
import io.facet.hub.devices.DeviceService;
import io.facet.model.SiteScope;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a {@link Sample} every few seconds, so that neither a scrape nor a look at the alerts waits
 * for the database. Thread-safe.
 */
public final class Sampler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Sources sources;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("sampler").factory());
    private volatile Sample last;

    /** Where a sample comes from. */
    public record Sources(
            DeviceService devices,
            CameraService cameras,
            LongSupplier galleryHead,
            LongSupplier databaseBytes,
            BooleanSupplier brokerConnected,
            Probes probes,
            Path folder,
            InstantSource clock) {}

    public Sampler(Sources sources) {
        this.sources = sources;
        this.last = Sample.none(sources.clock().instant());
    }

    /** Goes on sampling until it is closed. */
    public void start() {
        var _ =
                thread.scheduleWithFixedDelay(
                        this::tryTake, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The last one. */
    public Sample last() {
        return last;
    }

    private void tryTake() {
        try {
            take();
        } catch (RuntimeException failure) {
            LOG.warn("a sample of the hub's state failed", failure);
        }
    }

    /** Takes one now. */
    public Sample take() {
        Sample taken = fromStore(around(last));
        last = taken;
        return taken;
    }

    private Sample around(Sample before) {
        long free = 0;
        long total = 0;
        try {
            FileStore disk = Files.getFileStore(sources.folder());
            free = disk.getUsableSpace();
            total = disk.getTotalSpace();
        } catch (IOException unreadable) {
            LOG.debug("the disk of the data folder cannot be asked", unreadable);
        }
        return new Sample(
                sources.clock().instant(),
                before.devices(),
                before.cameras(),
                before.galleryHead(),
                before.databaseBytes(),
                free,
                total,
                sources.brokerConnected().getAsBoolean(),
                sources.probes().queues());
    }

    private Sample fromStore(Sample before) {
        try {
            return new Sample(
                    before.takenAt(),
                    sources.devices().list(SiteScope.ALL),
                    sources.cameras().list(SiteScope.ALL),
                    sources.galleryHead().getAsLong(),
                    sources.databaseBytes().getAsLong(),
                    before.diskFree(),
                    before.diskTotal(),
                    before.brokerConnected(),
                    before.queues());
        } catch (io.facet.error.FacetException away) {
            LOG.debug("the sample goes without the database: {}", away.reason());
            return before;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
