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
 * outbox, and then the feed, once whenever a camera begins or ceases to deliver pictures; the first
 * word on a camera goes to the outbox in any case, which knows what was told last. Thread-safe.
 */
public final class CameraStates {
    private final HubFeed feed;
    private final CameraOutbox outbox;
    private final InstantSource clock;
    private final Map<CameraId, CameraState> states = new HashMap<>();

    public CameraStates(HubFeed feed, CameraOutbox outbox, InstantSource clock) {
        this.feed = feed;
        this.outbox = outbox;
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
            feed.publish(disconnected(camera, "removed"));
        }
    }

    private void change(Camera camera, CameraState now) {
        CameraState before = states.get(camera.id());
        boolean was = before != null && before.status() == Status.STREAMING;
        boolean is = now.status() == Status.STREAMING;
        HubEvent event = is ? connected(camera) : disconnected(camera, now.reason());
        // Before it is known here, so that a report that could not be told of is taken in again.
        if (before == null || was != is) {
            outbox.tell(camera.id(), is, event);
        }
        states.put(camera.id(), now);
        if (was != is) {
            feed.publish(event);
        }
    }

    private HubEvent connected(Camera camera) {
        return new HubEvent.CameraConnected(
                camera.id(), camera.name(), clock.instant(), camera.site(), camera.agent());
    }

    private HubEvent disconnected(Camera camera, String reason) {
        Instant now = clock.instant();
        return new HubEvent.CameraDisconnected(
                camera.id(), camera.name(), now, reason, camera.site(), camera.agent());
    }
}
