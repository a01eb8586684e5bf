package io.facet.edge;

import io.facet.edge.camera.CameraCounters;
import io.facet.edge.camera.CameraFleet;
import io.facet.edge.camera.CameraStatus;
import io.facet.edge.camera.LiveView;
import io.facet.model.Camera;
import java.time.Instant;
import java.util.List;

/** A fleet that takes every camera for streaming and reads none. */
final class StartingCameras implements CameraFleet {
    private volatile List<Camera> desired = List.of();

    @Override
    public void desire(List<Camera> cameras) {
        desired = List.copyOf(cameras);
    }

    @Override
    public List<CameraStatus> statuses() {
        return desired.stream()
                .map(camera ->
                        new CameraStatus(
                                camera.id(),
                                CameraStatus.State.STREAMING,
                                "",
                                640,
                                480,
                                15,
                                Instant.EPOCH,
                                CameraCounters.Snapshot.NONE,
                                0))
                .toList();
    }

    @Override
    public void onChange(Runnable listener) {}

    @Override
    public LiveView live() {
        return (camera, wish, sink) -> {};
    }

    @Override
    public void close() {
        desired = List.of();
    }
}
