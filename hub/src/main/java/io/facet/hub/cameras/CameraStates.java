package io.facet.hub.cameras;

import io.facet.hub.cameras.CameraState.Status;
import io.facet.hub.events.HubEvent;
import io.facet.hub.events.HubFeed;
import io.facet.model.AgentId;
import io.facet.model.Camera;
import io.facet.model.CameraId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What boxes say of their cameras, kept in memory: a box repeats it whenever it connects. Tells the
 * feed once whenever a camera begins or ceases to deliver pictures. Thread-safe.
 */
public final class CameraStates {
    private final HubFeed feed;
    private final InstantSource clock;
    private final Map<CameraId, CameraState> states = new HashMap<>();

    public CameraStates(HubFeed feed, InstantSource clock) {
        this.feed = feed;
        this.clock = clock;
    }

    public synchronized CameraState of(CameraId camera) {
        return states.getOrDefault(camera, CameraState.NEVER_REPORTED);
    }

    /**
     * Takes over a box's report.
     *
     * @param cameras the box's own
     * @param reported states by camera; cameras the box does not speak of wait for it
     */
    public synchronized void report(
            Collection<Camera> cameras, Map<CameraId, CameraState> reported) {
        for (Camera camera : cameras) {
            Optional.ofNullable(reported.get(camera.id())).ifPresent(s -> change(camera, s));
        }
    }

    /** A box went away, and its cameras with it. */
    public synchronized void offline(Collection<Camera> cameras, AgentId agent) {
        CameraState away =
                new CameraState(
                        Status.OFFLINE,
                        "edge agent " + agent + " is offline",
                        0,
                        0,
                        0,
                        Optional.of(clock.instant()),
                        0,
                        Optional.empty());
        for (Camera camera : cameras) {
            CameraState before = of(camera.id());
            if (before.status() != Status.OFFLINE) {
                change(camera, away.counting(before));
            }
        }
    }

    /** Forgets a camera that was removed. */
    public synchronized void removed(Camera camera) {
        CameraState before = states.remove(camera.id());
        if (before != null && before.status() == Status.STREAMING) {
            disconnected(camera, "removed");
        }
    }

    private void change(Camera camera, CameraState now) {
        CameraState before = states.put(camera.id(), now);
        boolean was = before != null && before.status() == Status.STREAMING;
        boolean is = now.status() == Status.STREAMING;
        if (is && !was) {
            feed.publish(
                    new HubEvent.CameraConnected(
                            camera.id(),
                            camera.name(),
                            clock.instant(),
                            camera.site(),
                            camera.agent()));
        } else if (was && !is) {
            disconnected(camera, now.reason());
        }
    }

    private void disconnected(Camera camera, String reason) {
        Instant now = clock.instant();
        feed.publish(
                new HubEvent.CameraDisconnected(
                        camera.id(), camera.name(), now, reason, camera.site(), camera.agent()));
    }
}
