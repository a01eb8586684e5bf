package io.facet.edge.camera;

import io.facet.edge.camera.CameraSettings.Handover;
import io.facet.edge.camera.CameraStatus.State;
import io.facet.edge.capture.FrameBuffer;
import io.facet.edge.capture.FrameSource;
import io.facet.edge.capture.FrameSource.Reading;
import io.facet.error.FacetException;
import io.facet.model.Camera;
import io.facet.model.CameraRules;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one camera until it is closed, or until a recording played once is over: a thread reads and
 * reconnects, another one looks at what it is handed. Whatever goes wrong here stays here.
 *
 * <p>Thread-safe. Nothing is interrupted: both threads end at their next step after {@link #close},
 * so that an event being written is written.
 */
public final class CameraRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CameraRunner.class);
    private static final Duration WELL_AGAIN = Duration.ofSeconds(10);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    private final Camera camera;
    private final CameraParts parts;
    private final CameraSettings settings;
    private final Runnable onChange;
    private final CameraCounters counters;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CameraMonitor monitor;
    private final FrameSlot slot;
    private final FaceAnalyser analyser;
    private final LiveTap live;
    private final Optional<ClipTap> clips;
    private final Backoff backoff;
    private final Turns.Lane lane;
    private final Thread reader;
    private final Thread looker;
    private volatile CameraRules rules;
    private volatile boolean offSchedule;
    private volatile ThreadUse readerUse = ThreadUse.NONE;
    private volatile ThreadUse lookerUse = ThreadUse.NONE;
    private long framesBeforeBroken;

    /**
     * Makes a runner that does nothing yet.
     *
     * @param onChange called, from any thread, when the state has changed
     * @param encoding encodes live pictures; never the camera's own threads
     */
    public CameraRunner(
            Camera camera,
            CameraParts parts,
            CameraSettings settings,
            Runnable onChange,
            Executor encoding) {
        this.camera = camera;
        this.parts = parts;
        this.settings = settings;
        this.onChange = onChange;
        this.counters = new CameraCounters(parts.clock().instant());
        this.monitor = new CameraMonitor(camera, parts.sink(), parts.clock(), onChange);
        this.slot = new FrameSlot(settings.handover());
        this.clips = parts.clips().map(ClipTap::new);
        CameraParts filmed =
                clips.map(tap -> parts.withSink(tap.around(parts.sink()))).orElse(parts);
        this.analyser = new FaceAnalyser(camera, filmed, settings, counters);
        this.live = new LiveTap(camera.id(), encoding, counters);
        this.lane = parts.turns().lane();
        this.rules = camera.rules();
        follow(camera.rules());
        this.backoff = new Backoff(settings.maxBackoff(), RandomGenerator.getDefault());
        this.reader = thread("read", this::readUntilStopped);
        this.looker = thread("look", this::lookUntilDone);
    }

    private Thread thread(String job, Runnable run) {
        return Thread.ofPlatform()
                .daemon()
                .name("camera-" + camera.id() + "-" + job)
                .unstarted(run);
    }

    public void start() {
        looker.start();
        reader.start();
    }

    public Camera camera() {
        return camera;
    }

    /** Goes by other rules from the next frame on. */
    void follow(CameraRules changed) {
        rules = changed;
        lane.limit(changed.inferenceBudget().orElse(Float.POSITIVE_INFINITY));
    }

    public CameraStatus status() {
        return monitor.status(
                counters(), rules.revision(), offSchedule ? "outside its schedule" : "");
    }

    public CameraCounters.Snapshot counters() {
        return counters.snapshot(slot.dropped());
    }

    /** What the thread that reads, decodes and converts has used. */
    public ThreadUse readerUse() {
        return reader.isAlive() ? ThreadUse.of(reader) : readerUse;
    }

    /**
     * What the thread that detects, tracks and matches has used, less the networks' own threads.
     */
    public ThreadUse lookerUse() {
        return looker.isAlive() ? ThreadUse.of(looker) : lookerUse;
    }

    LiveTap live() {
        return live;
    }

    /** Waits until a recording played once is over and every frame looked at; whether it is. */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        return looker.join(timeout);
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void readUntilStopped() {
        FrameBuffer[] writing = {slot.first()};
        try {
            while (!isStopping() && readOnce(writing)) {
                Duration wait = backoff.next();
                if (stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                    break;
                }
                counters.reconnects.increment();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            monitor.lost(State.STOPPED, isStopping() ? "taken away" : "the recording is over");
            slot.close();
            readerUse = ThreadUse.of(Thread.currentThread());
        }
    }

    /** Reads one connection to its end; whether to connect again. */
    private boolean readOnce(FrameBuffer[] writing) throws InterruptedException {
        try (FrameSource source =
                parts.sources()
                        .opener(camera.source(), settings.capture())
                        .open(this::isStopping)) {
            return !isStopping() && connectAgain(stream(source, writing));
        } catch (FacetException cannotOpen) {
            return connectAgain(new Reading.Failed(cannotOpen.reason()));
        } catch (RuntimeException unexpected) {
            LOG.error("reading camera {} failed", camera.id(), unexpected);
            return connectAgain(new Reading.Failed("an internal error; see the agent's log"));
        }
    }

    private Reading stream(FrameSource source, FrameBuffer[] writing) throws InterruptedException {
        long begun = System.nanoTime();
        Reading reading = source.read(writing[0]);
        while (reading instanceof Reading.Frame && !isStopping()) {
            counters.framesRead.increment();
            monitor.frame(writing[0]);
            writing[0] = slot.put(writing[0]);
            reading = source.read(writing[0]);
        }
        if (System.nanoTime() - begun > WELL_AGAIN.toNanos()) {
            backoff.reset();
        }
        return reading;
    }

    private boolean connectAgain(Reading last) {
        switch (last) {
            case Reading.Frame _, Reading.Ended _ -> {
                return false;
            }
            case Reading.Stalled stalled -> monitor.lost(State.STALLED, stalled.reason());
            case Reading.Failed failed -> monitor.lost(State.FAILED, failed.reason());
        }
        return true;
    }

    private void lookUntilDone() {
        try {
            while (!slot.isDone()) {
                Optional<FrameBuffer> frame = slot.take(settings.tracking().maxGap());
                if (frame.isPresent()) {
                    look(frame.get());
                } else {
                    silence();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            lane.close();
            silence();
            lookerUse = ThreadUse.of(Thread.currentThread());
        }
    }

    /** No frames, or none that count: visits are over, and so are films. */
    private void silence() {
        analyser.silence();
        clips.ifPresent(ClipTap::pause);
    }

    private void look(FrameBuffer taken) throws InterruptedException {
        FrameBuffer frame = taken;
        try {
            boolean off = isOffSchedule(frame);
            if (!off) {
                // Before it is looked at: what it shows may be an event a moment later.
                clips.ifPresent(tap -> tap.offer(taken, rules.masks()));
            }
            if (off) {
                counters.framesOffSchedule.increment();
                silence();
            } else if (!analyser.wants(frame)) {
                counters.framesStill.increment();
            } else if (isShed()) {
                counters.framesShed.increment();
            } else {
                lane.enter(analyser.isUrgent());
                frame = slot.newest(taken);
                search(frame);
            }
            live.offer(frame, analyser, rules.masks());
        } catch (RuntimeException broken) {
            // A frame that a stage cannot take must not end the camera.
            counters.framesBroken.increment();
            long count = ++framesBeforeBroken;
            if (Long.bitCount(count) == 1) {
                LOG.error("camera {}: {} frames given up so far", camera.id(), count, broken);
            }
        } finally {
            slot.giveBack(frame);
        }
    }

    private boolean isOffSchedule(FrameBuffer frame) {
        boolean off = rules.schedule().filter(s -> !s.includes(frame.capturedAt())).isPresent();
        if (off != offSchedule) {
            offSchedule = off;
            onChange.run();
        }
        return off;
    }

    /** Where every frame counts, none is passed over. */
    private boolean isShed() {
        return settings.handover() == Handover.NEWEST
                && !lane.isDue(analyser.isUrgent(), slot.dropped());
    }

    /** Looks at a frame in the turn that this camera has. */
    private void search(FrameBuffer frame) {
        long before = ThreadUse.cpuOfCaller() + analyser.elsewhere();
        try {
            analyser.search(frame, rules, lane.isPressed());
        } finally {
            lane.leave(ThreadUse.cpuOfCaller() + analyser.elsewhere() - before);
        }
    }

    /** Stops reading, looks at what was read, ends and reports every visit. */
    @Override
    public void close() {
        stopping.countDown();
        slot.close();
        try {
            if (reader.getState() != Thread.State.NEW
                    && !(reader.join(LONGEST_STOP) && looker.join(LONGEST_STOP))) {
                LOG.warn("camera {} does not stop; left behind", camera.id());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
