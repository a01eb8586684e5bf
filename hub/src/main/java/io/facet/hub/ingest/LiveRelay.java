package io.facet.hub.ingest;

import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.crypto.SealingKeyPair;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.cameras.CameraStore;
import io.facet.hub.cameras.LiveFrame;
import io.facet.hub.cameras.LiveFrames;
import io.facet.hub.devices.Presence;
import io.facet.model.AgentId;
import io.facet.model.Box;
import io.facet.model.CameraId;
import io.facet.model.Jpeg;
import io.facet.model.PersonId;
import io.facet.model.SiteScope;
import io.facet.model.TrackId;
import io.facet.wire.SealedWire;
import io.facet.wire.Topics;
import io.facet.wire.WireIds;
import io.facet.wire.WireTimes;
import io.facet.wire.v1.LiveFace;
import io.facet.wire.v1.LiveRequest;
import io.facet.wire.v1.Sealed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live pictures: a lease at the box, renewed while somebody watches, and the pictures handed to
 * every watcher of their camera. Thread-safe.
 */
final class LiveRelay implements LiveFrames, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRelay.class);

    /** How long a box goes on sending when nobody renews, */
    private static final Duration LEASE = Duration.ofSeconds(5);

    /** and how often it is asked. */
    private static final Duration RENEWAL = Duration.ofSeconds(2);

    private final Outgoing outgoing;
    private final SealingKeyPair keys;
    private final CameraStore cameras;
    private final Presence presence;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService renewals =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("live-leases").factory());

    LiveRelay(Outgoing outgoing, SealingKeyPair keys, CameraStore cameras, Presence presence) {
        this.outgoing = outgoing;
        this.keys = keys;
        this.cameras = cameras;
        this.presence = presence;
        var _ =
                renewals.scheduleWithFixedDelay(
                        this::renew, RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Watch watch(CameraId camera, Wish wish, Consumer<LiveFrame> target) {
        AgentId agent =
                cameras.get(camera, SiteScope.ALL)
                        .map(stored -> stored.camera().agent())
                        .orElseThrow(() ->
                                new FacetException(
                                        ErrorCode.NOT_FOUND, "there is no camera " + camera));
        if (!presence.isOnline(agent)) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "edge agent " + agent + " is offline; its live pictures come back with it");
        }
        Watcher watcher = new Watcher(camera, agent, wish, target);
        watchers.add(watcher);
        renewals.execute(() -> ask(watcher));
        return watcher;
    }

    /** A picture came in. */
    void take(AgentId agent, byte[] payload) {
        if (watchers.stream().noneMatch(w -> w.agent.equals(agent))) {
            return;
        }
        try {
            byte[] context = agent.value().getBytes(StandardCharsets.US_ASCII);
            LiveFrame frame =
                    frame(
                            io.facet.wire.v1.LiveFrame.parseFrom(
                                    SealedWire.open(
                                            keys,
                                            SealedWire.LIVE,
                                            context,
                                            Sealed.parseFrom(payload))));
            for (Watcher watcher : watchers) {
                // A box speaks for its own cameras only.
                if (watcher.agent.equals(agent) && watcher.camera.equals(frame.camera())) {
                    watcher.target.accept(frame);
                }
            }
        } catch (InvalidProtocolBufferException | RuntimeException bad) {
            LOG.debug("a live picture of {} was lost", agent, bad);
        }
    }

    private static LiveFrame frame(io.facet.wire.v1.LiveFrame wire) {
        return new LiveFrame(
                new CameraId(WireIds.uuid("camera_id", wire.getCameraId())),
                WireTimes.instant(wire.getCapturedAtUs()),
                wire.getWidth(),
                wire.getHeight(),
                new Jpeg(wire.getJpeg().toByteArray()),
                wire.getFacesList().stream().map(LiveRelay::face).toList());
    }

    private static LiveFrame.LiveFace face(LiveFace wire) {
        return new LiveFrame.LiveFace(
                new Box(
                        wire.getBox().getX(),
                        wire.getBox().getY(),
                        wire.getBox().getWidth(),
                        wire.getBox().getHeight()),
                wire.getTrackId().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new TrackId(WireIds.uuid("track_id", wire.getTrackId()))),
                wire.getPersonId().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new PersonId(WireIds.uuid("person_id", wire.getPersonId()))),
                wire.getName().isEmpty() ? Optional.empty() : Optional.of(wire.getName()),
                wire.getConfidence());
    }

    /** One lease per camera, as generous as its most demanding watcher. */
    private void renew() {
        try {
            watchers.stream().map(w -> w.camera).distinct().forEach(this::renew);
        } catch (RuntimeException failure) {
            LOG.warn("live leases were not renewed", failure);
        }
    }

    private void renew(CameraId camera) {
        watchers.stream()
                .filter(w -> w.camera.equals(camera))
                .max(java.util.Comparator.comparingDouble(w -> w.wish.framesPerSecond()))
                .ifPresent(this::ask);
    }

    private void ask(Watcher watcher) {
        LiveRequest request =
                LiveRequest.newBuilder()
                        .setCameraId(WireIds.bytes(watcher.camera.value()))
                        .setLeaseMs((int) LEASE.toMillis())
                        .setMaxFramesPerSecond(watcher.wish.framesPerSecond())
                        .setMaxWidth(watcher.wish.maxWidth())
                        .setOverlay(watcher.wish.overlay())
                        .build();
        outgoing.publish(Topics.liveRequest(watcher.agent), request.toByteArray(), 0, false);
    }

    @Override
    public void close() {
        watchers.clear();
        renewals.shutdownNow();
    }

    /** Somebody who looks. */
    private final class Watcher implements Watch {
        private final CameraId camera;
        private final AgentId agent;
        private final Wish wish;
        private final Consumer<LiveFrame> target;

        Watcher(CameraId camera, AgentId agent, Wish wish, Consumer<LiveFrame> target) {
            this.camera = camera;
            this.agent = agent;
            this.wish = wish;
            this.target = target;
        }

        @Override
        public void close() {
            watchers.remove(this);
        }
    }
}
