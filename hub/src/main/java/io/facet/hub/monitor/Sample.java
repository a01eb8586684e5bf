package io.facet.hub.monitor;

import io.facet.hub.cameras.CameraView;
import io.facet.hub.devices.Device;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Hub and fleet at one moment. While the database is away, what comes from it is of the last moment
 * it was there.
 *
 * @param takenAt by the hub's clock
 * @param galleryHead the newest revision of the gallery
 * @param databaseBytes size of the database on disk
 * @param diskFree bytes the data folder's disk has left
 */
public record Sample(
        Instant takenAt,
        List<Device> devices,
        List<CameraView> cameras,
        long galleryHead,
        long databaseBytes,
        long diskFree,
        long diskTotal,
        boolean brokerConnected,
        Map<String, QueueState> queues) {
    public Sample {
        devices = List.copyOf(devices);
        cameras = List.copyOf(cameras);
        queues = Map.copyOf(queues);
    }

    /** Nothing known yet. */
    public static Sample none(Instant at) {
        return new Sample(at, List.of(), List.of(), 0, 0, 0, 0, false, Map.of());
    }
}
