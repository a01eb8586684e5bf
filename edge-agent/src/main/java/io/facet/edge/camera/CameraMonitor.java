package io.facet.edge.camera;

import io.facet.edge.camera.CameraStatus.State;
import io.facet.edge.capture.FrameBuffer;
import io.facet.edge.outbox.EventSink;
import io.facet.edge.outbox.Moment;
import io.facet.model.Camera;
import io.facet.model.FaceEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of a camera, and the events of its changes, each once:
 *
 * <pre>
 *   CONNECTING --first frame--> STREAMING --no frame for long--> STALLED --+
 *       |                           ^  `-----broke off---------> FAILED  --+-- first frame --> STREAMING
 *       `--cannot be opened--> FAILED
 *   any --recording over, or taken away--> STOPPED
 * </pre>
 *
 * Connected is said when STREAMING begins, disconnected when it ends. Thread-safe.
 */
final class CameraMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(CameraMonitor.class);
    private static final float SMOOTHING = 0.05f;

    private final Camera camera;
    private final EventSink sink;
    private final InstantSource clock;
    private final Runnable onChange;
    private State state = State.CONNECTING;
    private String reason = "";
    private Instant since;
    private int width;
    private int height;
    private float period;
    private long lastFrame;

    CameraMonitor(Camera camera, EventSink sink, InstantSource clock, Runnable onChange) {
        this.camera = camera;
        this.sink = sink;
        this.clock = clock;
        this.onChange = onChange;
        this.since = clock.instant();
    }

    /** A frame has come. */
    void frame(FrameBuffer frame) {
        boolean first;
        synchronized (this) {
            first = state != State.STREAMING;
            width = frame.image().width();
            height = frame.image().height();
            if (first) {
                period = 0;
            } else {
                float seconds = (frame.monotonicNanos() - lastFrame) / 1e9f;
                period = period == 0 ? seconds : period + SMOOTHING * (seconds - period);
            }
            lastFrame = frame.monotonicNanos();
        }
        if (first) {
            change(State.STREAMING, "");
            Moment moment = moment(frame.capturedAt(), Duration.ofNanos(frame.monotonicNanos()));
            sink.record(moment, FaceEvent.CameraConnected::new);
        }
    }

    /** No frames any more, for now or for good. */
    void lost(State now, String why) {
        boolean wasStreaming;
        synchronized (this) {
            if (state == State.STOPPED || (state == now && reason.equals(why))) {
                return;
            }
            wasStreaming = state == State.STREAMING;
        }
        change(now, why);
        if (wasStreaming) {
            Moment moment = moment(clock.instant(), Duration.ofNanos(System.nanoTime()));
            sink.record(moment, header -> new FaceEvent.CameraDisconnected(header, why));
        }
    }

    private void change(State to, String why) {
        synchronized (this) {
            since = to == state ? since : clock.instant();
            state = to;
            reason = why;
        }
        LOG.info("camera {} is {} {}", camera.id(), to.wireName(), why);
        onChange.run();
    }

    private Moment moment(Instant at, Duration monotonic) {
        return new Moment(camera.id(), camera.site(), at, monotonic, false);
    }

    /**
     * How the camera is.
     *
     * @param remark said of a camera that streams and is well; may be empty
     */
    synchronized CameraStatus status(
            CameraCounters.Snapshot counts, long rulesRevision, String remark) {
        float rate = state == State.STREAMING && period > 0 ? 1 / period : 0;
        String said = state == State.STREAMING ? remark : reason;
        return new CameraStatus(
                camera.id(), state, said, width, height, rate, since, counts, rulesRevision);
    }
}
