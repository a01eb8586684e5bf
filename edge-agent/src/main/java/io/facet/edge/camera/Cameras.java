package io.facet.edge.camera;

import io.facet.model.Camera;
import io.facet.model.CameraId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** The fleet of real cameras. Thread-safe. */
public final class Cameras implements CameraFleet, LiveView {
    private final CameraParts parts;
    private final CameraSettings settings;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService encoding =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("live-pictures").factory());
    private final ExecutorService stopping = Executors.newVirtualThreadPerTaskExecutor();
    private Map<CameraId, CameraRunner> runners = new LinkedHashMap<>();
    private boolean closed;

    /** A fleet without cameras. */
    public Cameras(CameraParts parts, CameraSettings settings) {
        this.parts = parts;
        this.settings = settings;
    }

    @Override
    public void desire(List<Camera> cameras) {
        rearrange(cameras).forEach(runner -> stopping.execute(runner::close));
        changed();
    }

    /** Starts what is new; the runners that are no longer wanted. */
    private synchronized List<CameraRunner> rearrange(List<Camera> cameras) {
        if (closed) {
            return List.of();
        }
        Map<CameraId, CameraRunner> before = runners;
        runners = new LinkedHashMap<>();
        for (Camera camera : cameras) {
            CameraRunner running = before.get(camera.id());
            if (running != null && isReadAlike(running.camera(), camera)) {
                running.follow(camera.rules());
                runners.put(camera.id(), running);
                before.remove(camera.id());
            } else {
                runners.put(camera.id(), start(camera));
            }
        }
        return List.copyOf(before.values());
    }

    /** Rules are followed without a restart; anything else is another camera. */
    private static boolean isReadAlike(Camera running, Camera desired) {
        return running.equals(desired.withRules(running.rules()));
    }

    private CameraRunner start(Camera camera) {
        CameraRunner runner = new CameraRunner(camera, parts, settings, this::changed, encoding);
        runner.start();
        return runner;
    }

    @Override
    public synchronized List<CameraStatus> statuses() {
        return runners.values().stream().map(CameraRunner::status).toList();
    }

    /** What each camera has counted since it started, in the order of {@link #statuses}. */
    public synchronized Map<CameraId, CameraCounters.Snapshot> counters() {
        Map<CameraId, CameraCounters.Snapshot> counters = new LinkedHashMap<>();
        runners.forEach((id, runner) -> counters.put(id, runner.counters()));
        return counters;
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    @Override
    public LiveView live() {
        return this;
    }

    @Override
    public synchronized void watch(CameraId camera, Wish wish, Consumer<Picture> sink) {
        CameraRunner runner = runners.get(camera);
        if (runner != null) {
            runner.live().watch(wish, sink);
        }
    }

    @Override
    public void close() {
        List<CameraRunner> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(runners.values());
        }
        all.forEach(runner -> stopping.execute(runner::close));
        stopping.close();
        encoding.close();
    }
}
