package io.facet.bench;

import io.facet.config.FacetConfig;
import io.facet.edge.camera.CameraCounters;
import io.facet.edge.camera.CameraParts;
import io.facet.edge.camera.CameraRunner;
import io.facet.edge.camera.CameraSettings;
import io.facet.edge.camera.CameraSettings.Handover;
import io.facet.edge.capture.CaptureOptions;
import io.facet.edge.capture.CaptureOptions.Playback;
import io.facet.edge.capture.FrameBuffer;
import io.facet.edge.capture.FrameSource;
import io.facet.edge.capture.SourceAddress;
import io.facet.edge.capture.SourceFactory;
import io.facet.model.AgentId;
import io.facet.model.Camera;
import io.facet.model.CameraId;
import io.facet.model.SiteId;
import io.facet.model.Uuid7;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** One camera of several: plays a clip in real time, round after round. Thread-safe. */
final class BenchCamera {
    private static final Duration LONGEST_ROUND = Duration.ofMinutes(2);

    private final String name;
    private final Path clip;
    private final FacetConfig config;
    private final CameraParts parts;
    private final Uuid7 ids;
    private final Latencies fromGood;
    private final Latencies fromView;
    private final Thread thread;
    private volatile boolean counting;
    private volatile boolean finished;
    private long rounds;
    private long framesRead;
    private long framesAnalysed;
    private long framesShed;
    private long named;
    private double seconds;

    BenchCamera(
            String name,
            Path clip,
            FacetConfig config,
            CameraParts parts,
            Uuid7 ids,
            Latencies fromGood,
            Latencies fromView) {
        this.name = name;
        this.clip = clip;
        this.config = config;
        this.parts = parts;
        this.ids = ids;
        this.fromGood = fromGood;
        this.fromView = fromView;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::play);
    }

    void start() {
        thread.start();
    }

    /** From the next round on, it counts. */
    void count() {
        counting = true;
    }

    /** The round it is in is the last. */
    void finish() {
        finished = true;
    }

    void await() throws InterruptedException {
        thread.join();
    }

    private void play() {
        try {
            while (!finished) {
                round(counting);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void round(boolean counts) throws InterruptedException {
        AtomicLong firstFrame = new AtomicLong();
        Latencies good = new Latencies();
        Latencies view = new Latencies();
        CameraParts round =
                new CameraParts(
                        noting(parts.sources(), firstFrame),
                        parts.vision(),
                        parts.matcher(),
                        (moment, make) -> {
                            int before = good.count();
                            good.record(moment, make);
                            if (good.count() > before) {
                                view.add(System.nanoTime() - firstFrame.get());
                            }
                            return true;
                        },
                        parts.clock(),
                        parts.trackIds(),
                        parts.turns());
        long begun = System.nanoTime();
        try (CameraRunner runner =
                new CameraRunner(camera(), round, settings(), () -> {}, Runnable::run)) {
            runner.start();
            runner.awaitEnd(LONGEST_ROUND);
            if (counts) {
                add(runner.counters(), (System.nanoTime() - begun) / 1e9, good, view);
            }
        }
    }

    private synchronized void add(
            CameraCounters.Snapshot counted, double took, Latencies good, Latencies view) {
        rounds++;
        framesRead += counted.framesRead();
        framesAnalysed += counted.framesAnalysed();
        framesShed += counted.framesShed();
        named += good.count();
        seconds += took;
        fromGood.addAll(good);
        fromView.addAll(view);
    }

    /** Notes when the first frame of each opening was captured. */
    private static SourceFactory noting(SourceFactory sources, AtomicLong firstFrame) {
        return (source, options) ->
                cancelled -> {
                    FrameSource inner = sources.opener(source, options).open(cancelled);
                    return new FrameSource() {
                        private boolean first = true;

                        @Override
                        public Reading read(FrameBuffer frame) {
                            Reading reading = inner.read(frame);
                            if (first && reading instanceof Reading.Frame) {
                                firstFrame.set(frame.monotonicNanos());
                                first = false;
                            }
                            return reading;
                        }

                        @Override
                        public void close() {
                            inner.close();
                        }
                    };
                };
    }

    private Camera camera() {
        return new Camera(
                new CameraId(ids.next()),
                name,
                SiteId.DEFAULT,
                new AgentId("bench"),
                SourceAddress.parse(clip.toString()));
    }

    private CameraSettings settings() {
        CaptureOptions capture =
                CaptureOptions.DEFAULT
                        .withMaxFrameRate(PipelineBench.RATE)
                        .withScaleTo(PipelineBench.FRAME)
                        .withPlayback(new Playback(false, true, PipelineBench.RATE));
        return CameraSettings.of(config).withCapture(capture, Handover.NEWEST);
    }

    synchronized long rounds() {
        return rounds;
    }

    synchronized CamerasReport.PerCamera report() {
        return new CamerasReport.PerCamera(
                name,
                framesRead,
                framesAnalysed,
                framesShed,
                seconds > 0 ? framesAnalysed / seconds : 0,
                named);
    }
}
