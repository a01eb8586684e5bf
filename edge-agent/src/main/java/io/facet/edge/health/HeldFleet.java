package io.facet.edge.health;

import io.facet.edge.camera.CameraCounters;
import io.facet.edge.camera.CameraFleet;
import io.facet.edge.camera.CameraStatus;
import io.facet.edge.camera.CameraStatus.State;
import io.facet.edge.camera.LiveView;
import io.facet.model.Camera;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The cameras of a box whose models failed their check: none runs, each says why, so that nothing
 * wrong is ever reported. Thread-safe.
 */
public final class HeldFleet implements CameraFleet {
    private final String reason;
    private final InstantSource clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile List<CameraStatus> statuses = List.of();

    public HeldFleet(String reason, InstantSource clock) {
        this.reason = reason;
        this.clock = clock;
    }

    @Override
    public void desire(List<Camera> cameras) {
        statuses =
                cameras.stream()
                        .map(camera ->
                                new CameraStatus(
                                        camera.id(),
                                        State.STOPPED,
                                        reason,
                                        0,
                                        0,
                                        0,
                                        clock.instant(),
                                        CameraCounters.Snapshot.NONE,
                                        0))
                        .toList();
        listeners.forEach(Runnable::run);
    }

    @Override
    public List<CameraStatus> statuses() {
        return statuses;
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public LiveView live() {
        return (_, _, _) -> {};
    }

    @Override
    public void close() {
        statuses = List.of();
    }
}
