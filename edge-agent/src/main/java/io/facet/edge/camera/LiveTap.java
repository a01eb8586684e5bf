package io.facet.edge.camera;

import io.facet.edge.capture.FrameBuffer;
import io.facet.model.CameraId;
import io.facet.vision.image.Image;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live pictures of one camera while somebody watches: the analysis thread copies a frame, another
 * one scales, draws and encodes it; while that takes, frames are passed over. Nothing is done while
 * nobody watches.
 */
final class LiveTap {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTap.class);
    private static final float LEAST_RATE = 0.1f;
    private static final float MOST_RATE = 30;

    private final CameraId camera;
    private final Executor encoding;
    private final CameraCounters counters;
    private final LivePainter painter = new LivePainter();
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile @Nullable Lease lease;
    // Owned by whoever holds busy.
    private byte[] pixels = new byte[0];
    private long lastGiven;

    private record Lease(LiveView.Wish wish, Consumer<LiveView.Picture> sink, long until) {
        boolean isOver() {
            return System.nanoTime() - until > 0;
        }

        long period() {
            return (long) (1e9 / Math.clamp(wish.maxFramesPerSecond(), LEAST_RATE, MOST_RATE));
        }
    }

    LiveTap(CameraId camera, Executor encoding, CameraCounters counters) {
        this.camera = camera;
        this.encoding = encoding;
        this.counters = counters;
    }

    /** Begins or prolongs watching. */
    void watch(LiveView.Wish wish, Consumer<LiveView.Picture> sink) {
        lease = new Lease(wish, sink, System.nanoTime() + wish.lease().toNanos());
    }

    /** Takes a frame that has been looked at, when one is due. Analysis thread. */
    void offer(FrameBuffer frame, FaceAnalyser analyser) {
        Lease current = lease;
        if (current == null) {
            return;
        }
        if (current.isOver()) {
            lease = null;
            return;
        }
        long now = System.nanoTime();
        if (now - lastGiven >= current.period() && busy.compareAndSet(false, true)) {
            lastGiven = now;
            hand(frame, analyser.inSight(), current);
        }
    }

    private void hand(FrameBuffer frame, List<LiveView.Face> faces, Lease current) {
        Image image = frame.image();
        int bytes = 3 * image.width() * image.height();
        if (pixels.length < bytes) {
            pixels = new byte[bytes];
        }
        System.arraycopy(image.bgr(), 0, pixels, 0, bytes);
        Image copy = new Image(image.width(), image.height(), pixels);
        Instant at = frame.capturedAt();
        encoding.execute(() -> give(copy, at, faces, current));
    }

    private void give(Image image, Instant at, List<LiveView.Face> faces, Lease current) {
        try {
            current.sink().accept(painter.paint(camera, at, image, faces, current.wish()));
            counters.livePictures.increment();
        } catch (RuntimeException failed) {
            LOG.warn("a live picture of camera {} was lost", camera, failed);
        } finally {
            busy.set(false);
        }
    }
}
