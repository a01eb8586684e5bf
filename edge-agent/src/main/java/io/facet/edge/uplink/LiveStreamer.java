package io.facet.edge.uplink;

import com.google.protobuf.ByteString;
import io.facet.crypto.Sealing;
import io.facet.edge.camera.LiveView;
import io.facet.edge.camera.LiveView.Picture;
import io.facet.edge.uplink.Link.Outgoing;
import io.facet.model.AgentId;
import io.facet.model.Box;
import io.facet.model.CameraId;
import io.facet.wire.SealedWire;
import io.facet.wire.Topics;
import io.facet.wire.WireIds;
import io.facet.wire.WireTimes;
import io.facet.wire.v1.BoundingBox;
import io.facet.wire.v1.LiveFace;
import io.facet.wire.v1.LiveFrame;
import io.facet.wire.v1.LivePaint;
import io.facet.wire.v1.LiveRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live pictures to the hub, sealed, at most once, one after the other: of each camera only the
 * newest picture, with overlay and without, waits, an older one is dropped, and all of them
 * together stay under {@link #BYTES_PER_SECOND}, so that looking never delays events by much.
 * Thread-safe; a thread of its own sends.
 */
final class LiveStreamer implements AutoCloseable {
    static final long BYTES_PER_SECOND = 2_000_000;
    private static final Duration LONGEST_LEASE = Duration.ofSeconds(30);
    private static final float MOST_FRAMES = 15;
    private static final int WIDEST = 1280;
    private static final Logger LOG = LoggerFactory.getLogger(LiveStreamer.class);

    private record Kind(CameraId camera, boolean overlay) {}

    private final AgentId agent;
    private final Supplier<LiveView> view;
    private final HubKey hubKey;
    private final AtomicReference<@Nullable Link> link = new AtomicReference<>();
    private final Map<Kind, Picture> waiting = new LinkedHashMap<>();
    private final Thread thread;
    private boolean closed;

    LiveStreamer(AgentId agent, Supplier<LiveView> view, HubKey hubKey) {
        this.agent = agent;
        this.view = view;
        this.hubKey = hubKey;
        this.thread = Thread.ofVirtual().name("live").start(this::run);
    }

    /** Pictures go over this connection from now on; none while empty. */
    void over(Optional<Link> connection) {
        link.set(connection.orElse(null));
    }

    /** Somebody looks at a camera. */
    void requested(LiveRequest request) {
        Duration lease = Duration.ofMillis(Integer.toUnsignedLong(request.getLeaseMs()));
        LiveView.Wish wish =
                new LiveView.Wish(
                        lease.compareTo(LONGEST_LEASE) < 0 ? lease : LONGEST_LEASE,
                        request.getMaxFramesPerSecond() > 0
                                ? Math.min(request.getMaxFramesPerSecond(), MOST_FRAMES)
                                : MOST_FRAMES,
                        request.getMaxWidth() <= 0
                                ? WIDEST
                                : Math.clamp(request.getMaxWidth(), 64, WIDEST),
                        request.getOverlay());
        CameraId camera = new CameraId(WireIds.uuid("camera_id", request.getCameraId()));
        view.get().watch(camera, wish, this::offer);
    }

    private synchronized void offer(Picture picture) {
        waiting.put(new Kind(picture.camera(), picture.overlay()), picture);
        notifyAll();
    }

    private synchronized @Nullable Picture take() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        if (closed) {
            return null;
        }
        Kind first = waiting.keySet().iterator().next();
        return waiting.remove(first);
    }

    private void run() {
        try {
            for (Picture next = take(); next != null; next = take()) {
                send(next);
            }
        } catch (InterruptedException _) {
            LOG.debug("live pictures end");
        }
    }

    private void send(Picture picture) throws InterruptedException {
        Link over = link.get();
        Optional<Sealing> hub = hubKey.current();
        if (over == null || hub.isEmpty()) {
            return;
        }
        byte[] sealed =
                SealedWire.seal(
                                hub.get(),
                                SealedWire.LIVE,
                                agent.value().getBytes(StandardCharsets.US_ASCII),
                                frame(picture).toByteArray())
                        .toByteArray();
        over.publishAndWait(
                new Outgoing(Topics.liveFrames(agent), sealed, Link.Quality.AT_MOST_ONCE, false));
        Thread.sleep(Duration.ofNanos(sealed.length * 1_000_000_000L / BYTES_PER_SECOND));
    }

    private static LiveFrame frame(Picture picture) {
        LiveFrame.Builder frame =
                LiveFrame.newBuilder()
                        .setCameraId(WireIds.bytes(picture.camera().value()))
                        .setCapturedAtUs(WireTimes.micros(picture.capturedAt()))
                        .setWidth(picture.width())
                        .setHeight(picture.height())
                        .setJpeg(ByteString.copyFrom(picture.jpeg().bytes()))
                        .setPaint(
                                picture.overlay()
                                        ? LivePaint.LIVE_PAINT_OVERLAY
                                        : LivePaint.LIVE_PAINT_PLAIN);
        picture.faces().forEach(face -> frame.addFaces(face(face)));
        return frame.build();
    }

    private static LiveFace face(LiveView.Face face) {
        LiveFace.Builder wire =
                LiveFace.newBuilder()
                        .setBox(box(face.box()))
                        .setTrackId(WireIds.bytes(face.track().value()))
                        .setName(face.name())
                        .setConfidence(face.confidence());
        face.person().ifPresent(person -> wire.setPersonId(WireIds.bytes(person.value())));
        return wire.build();
    }

    private static BoundingBox box(Box box) {
        return BoundingBox.newBuilder()
                .setX(box.x())
                .setY(box.y())
                .setWidth(box.width())
                .setHeight(box.height())
                .build();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        thread.interrupt();
    }
}
