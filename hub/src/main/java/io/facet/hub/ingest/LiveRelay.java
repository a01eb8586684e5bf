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
import io.facet.wire.v1.LivePaint;
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
        renewals.execute(() -> renew(watcher.kind()));
        return watcher;
    }

    /** A picture came in. */
    void take(AgentId agent, byte[] payload) {
        if (watchers.stream().noneMatch(w -> w.agent.equals(agent))) {
            return;
        }
        try {
            byte[] context = agent.value().getBytes(StandardCharsets.US_ASCII);
            io.facet.wire.v1.LiveFrame wire =
                    io.facet.wire.v1.LiveFrame.parseFrom(
                            SealedWire.open(
                                    keys, SealedWire.LIVE, context, Sealed.parseFrom(payload)));
            LiveFrame frame = frame(wire);
            for (Watcher watcher : watchers) {
                // A box speaks for its own cameras only.
                if (watcher.agent.equals(agent)
                        && watcher.camera.equals(frame.camera())
                        && watcher.takes(wire.getPaint())) {
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

    /**
     * One lease per camera and overlay, as generous as its most demanding watchers: who wants less
     * passes pictures over.
     */
    private void renew() {
        try {
            watchers.stream().map(Watcher::kind).distinct().forEach(this::renew);
        } catch (RuntimeException failure) {
            LOG.warn("live leases were not renewed", failure);
        }
    }

    private void renew(Kind kind) {
        watchers.stream()
                .filter(watcher -> watcher.kind().equals(kind))
                .map(watcher -> watcher.wish)
                .reduce(LiveRelay::both)
                .ifPresent(wish -> ask(kind, wish));
    }

    private static Wish both(Wish one, Wish other) {
        return new Wish(
                Math.max(one.framesPerSecond(), other.framesPerSecond()),
                Math.max(one.maxWidth(), other.maxWidth()),
                one.overlay());
    }

    private void ask(Kind kind, Wish wish) {
        LiveRequest request =
                LiveRequest.newBuilder()
                        .setCameraId(WireIds.bytes(kind.camera().value()))
                        .setLeaseMs((int) LEASE.toMillis())
                        .setMaxFramesPerSecond(wish.framesPerSecond())
                        .setMaxWidth(wish.maxWidth())
                        .setOverlay(wish.overlay())
                        .build();
        outgoing.publish(Topics.liveRequest(kind.agent()), request.toByteArray(), 0, false);
    }

    @Override
    public void close() {
        watchers.clear();
        renewals.shutdownNow();
    }

    /** Pictures of one camera, with names drawn in or without. */
    private record Kind(CameraId camera, AgentId agent, boolean overlay) {}

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

        Kind kind() {
            return new Kind(camera, agent, wish.overlay());
        }

        /** A box of the release before does not say what it drew. */
        boolean takes(LivePaint paint) {
            LivePaint wanted =
                    wish.overlay() ? LivePaint.LIVE_PAINT_OVERLAY : LivePaint.LIVE_PAINT_PLAIN;
            return paint == wanted || paint == LivePaint.LIVE_PAINT_UNSAID;
        }

        @Override
        public void close() {
            watchers.remove(this);
        }
    }
}
