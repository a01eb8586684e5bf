package io.facet.edge.software;

import io.facet.edge.camera.CameraCounters;
import io.facet.edge.camera.CameraFleet;
import io.facet.edge.camera.CameraStatus;
import io.facet.edge.camera.LiveView;
import io.facet.model.Camera;
import io.facet.model.CameraId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** One camera that found so many faces. */
final class FaceCount implements CameraFleet {
    final AtomicLong faces = new AtomicLong();

    @Override
    public void desire(List<Camera> cameras) {}

    @Override
    public List<CameraStatus> statuses() {
        CameraCounters.Snapshot counts =
                new CameraCounters.Snapshot(
                        Instant.EPOCH,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        faces.get(),
                        Map.of(),
                        0,
                        0,
                        Map.of(),
                        0,
                        0,
                        0,
                        0,
                        0,
                        0);
        return List.of(
                new CameraStatus(
                        new CameraId(new UUID(1, 2)),
                        CameraStatus.State.STREAMING,
                        "",
                        640,
                        480,
                        15,
                        Instant.EPOCH,
                        counts,
                        0));
    }

    @Override
    public void onChange(Runnable listener) {}

    @Override
    public LiveView live() {
        return (_, _, _) -> {};
    }

    @Override
    public void close() {}
}
