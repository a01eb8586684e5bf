package io.facet.edge.camera;

import io.facet.edge.capture.FrameBuffer;
import io.facet.model.CameraId;
import io.facet.model.Region;
import io.facet.vision.image.Image;
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
    private final Leases plain = new Leases();
    private final Leases overlaid = new Leases();
    // Owned by whoever holds busy.
    private byte[] pixels = new byte[0];

    private record Lease(LiveView.Wish wish, Consumer<LiveView.Picture> sink, long until) {
        boolean isOver() {
            return System.nanoTime() - until > 0;
        }

        long period() {
            return (long) (1e9 / Math.clamp(wish.maxFramesPerSecond(), LEAST_RATE, MOST_RATE));
        }
    }

    /** The newest lease on one kind of picture. */
    private static final class Leases {
        private volatile @Nullable Lease current;
        // The analysis thread's.
        private long lastGiven;

        /** The lease, when it wants a picture now. */
        @Nullable Lease due(long now) {
            Lease lease = current;
            if (lease == null) {
                return null;
            }
            if (lease.isOver()) {
                current = null;
                return null;
            }
            return now - lastGiven >= lease.period() ? lease : null;
        }
    }

    LiveTap(CameraId camera, Executor encoding, CameraCounters counters) {
        this.camera = camera;
        this.encoding = encoding;
        this.counters = counters;
    }

    /** Begins or prolongs watching. */
    void watch(LiveView.Wish wish, Consumer<LiveView.Picture> sink) {
        Leases leases = wish.overlay() ? overlaid : plain;
        leases.current = new Lease(wish, sink, System.nanoTime() + wish.lease().toNanos());
    }

    /**
     * Takes a frame that has been looked at, when one is due. Analysis thread.
     *
     * @param masks what viewers do not see
     */
    void offer(FrameBuffer frame, FaceAnalyser analyser, List<Region> masks) {
        long now = System.nanoTime();
        Lease clear = plain.due(now);
        Lease drawn = overlaid.due(now);
        if ((clear == null && drawn == null) || !busy.compareAndSet(false, true)) {
            return;
        }
        if (clear != null) {
            plain.lastGiven = now;
        }
        if (drawn != null) {
            overlaid.lastGiven = now;
        }
        LivePainter.Shot shot =
                new LivePainter.Shot(
                        camera, frame.capturedAt(), copy(frame.image()), analyser.inSight());
        encoding.execute(() -> {
            try {
                give(shot, masks, clear);
                give(shot, masks, drawn);
            } finally {
                busy.set(false);
            }
        });
    }

    private Image copy(Image image) {
        int bytes = 3 * image.width() * image.height();
        if (pixels.length < bytes) {
            pixels = new byte[bytes];
        }
        System.arraycopy(image.bgr(), 0, pixels, 0, bytes);
        return new Image(image.width(), image.height(), pixels);
    }

    private void give(LivePainter.Shot shot, List<Region> masks, @Nullable Lease lease) {
        if (lease == null) {
            return;
        }
        try {
            lease.sink().accept(painter.paint(shot, masks, lease.wish()));
            counters.livePictures.increment();
        } catch (RuntimeException failed) {
            LOG.warn("a live picture of camera {} was lost", camera, failed);
        }
    }
}
