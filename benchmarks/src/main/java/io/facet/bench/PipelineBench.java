package io.facet.bench;

import io.facet.config.FacetConfig;
import io.facet.edge.camera.CameraCounters;
import io.facet.edge.camera.CameraParts;
import io.facet.edge.camera.CameraRunner;
import io.facet.edge.camera.CameraSettings;
import io.facet.edge.camera.CameraSettings.Handover;
import io.facet.edge.camera.ThreadUse;
import io.facet.edge.camera.Turns;
import io.facet.edge.capture.CaptureOptions;
import io.facet.edge.capture.CaptureOptions.Playback;
import io.facet.edge.capture.CaptureOptions.Size;
import io.facet.edge.capture.SourceAddress;
import io.facet.edge.capture.javacv.FfmpegSources;
import io.facet.edge.outbox.EventSink;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.AgentId;
import io.facet.model.Camera;
import io.facet.model.CameraId;
import io.facet.model.SiteId;
import io.facet.model.TrackId;
import io.facet.model.Uuid7;
import io.facet.vision.detect.DetectorInput;
import io.facet.vision.pipeline.PackVision;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Capture to event with the agent's own parts: FFmpeg, motion gate (open), tracker, pack, gallery,
 * visits. Two parts: throughput, with every frame of the looped clip handed on as fast as it is
 * taken; and latency, with the clip begun again and again in real time.
 */
final class PipelineBench {
    static final Size FRAME = new Size(1280, 720);
    static final double RATE = 15;
    private static final int WARM_FRAMES = 500;
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(90);
    private static final Duration VISIT = Duration.ofSeconds(4);

    private final FacetConfig config;
    private final PackVision vision;
    private final Path clip;
    private final Duration length;
    private final Consumer<String> progress;
    private final Uuid7 ids = new Uuid7(InstantSource.system(), new Random(1));
    private final FfmpegSources sources = new FfmpegSources(InstantSource.system());
    private final Turns turns = Turns.ofThisMachine();
    private final BenchGallery gallery;

    /**
     * Ready to run.
     *
     * @param vision one inference thread, so that all its CPU time is that of threads we know
     * @param length of each of the two parts
     */
    PipelineBench(
            FacetConfig config,
            PackVision vision,
            Path clip,
            Duration length,
            Consumer<String> progress) {
        this.config = config;
        this.vision = vision;
        this.clip = clip;
        this.length = length;
        this.progress = progress;
        this.gallery = new BenchGallery(vision, config);
    }

    PipelineReport run() throws InterruptedException {
        gallery.enrol(sources, clip, FRAME);
        progress.accept("enrolled the " + gallery.people() + " people of the clip");
        Used used = throughput();
        Latencies latencies = latency();
        DetectorInput input =
                DetectorInput.of(FRAME.width(), FRAME.height(), config.detection().inputSize(), 32);
        double analysis = used.analysis.cpu() / 1e6 / used.frames;
        double decode = used.reader.cpu() / 1e6 / used.frames;
        return new PipelineReport(
                vision.pack().pack().name(),
                clip.getFileName().toString(),
                FRAME.width() + "x" + FRAME.height(),
                RATE,
                input.width() + "x" + input.height(),
                used.frames,
                1000 / (analysis + decode),
                (double) used.inference / used.analysis.cpu(),
                decode,
                analysis,
                used.inference / 1e6 / used.frames,
                (double) used.faces / used.frames,
                used.looks,
                latencies.percentileMs(50),
                latencies.percentileMs(99),
                latencies.count(),
                (used.analysis.allocated() + used.reader.allocated()) / used.frames,
                ProcessMemory.residentBytes() / 1e6);
    }

    /** What a stretch of the throughput part used. */
    private record Used(
            long frames,
            long faces,
            long looks,
            long inference,
            ThreadUse reader,
            ThreadUse analysis) {
        Used since(Used earlier) {
            return new Used(
                    frames - earlier.frames,
                    faces - earlier.faces,
                    looks - earlier.looks,
                    inference - earlier.inference,
                    minus(reader, earlier.reader),
                    minus(analysis, earlier.analysis));
        }

        private static ThreadUse minus(ThreadUse a, ThreadUse b) {
            return new ThreadUse(a.cpu() - b.cpu(), a.allocated() - b.allocated());
        }
    }

    private Used throughput() throws InterruptedException {
        progress.accept("throughput: warming up");
        EventSink nowhere = (moment, make) -> true;
        try (CameraRunner camera = runner(new Playback(true, false, 0), Handover.EVERY, nowhere)) {
            camera.start();
            warmUp(camera);
            Used before = used(camera);
            progress.accept("throughput: measuring for " + length.toSeconds() + " s");
            Thread.sleep(length);
            Used used = used(camera).since(before);
            if (used.frames < 10) {
                throw new FacetException(
                        ErrorCode.UNAVAILABLE,
                        "only " + used.frames + " frames were looked at; is the clip readable?");
            }
            return used;
        }
    }

    /** Until the compiler has seen enough frames; the first ones run several times slower. */
    private static void warmUp(CameraRunner camera) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_WARM_UP.toNanos();
        while (camera.counters().framesAnalysed() < WARM_FRAMES && System.nanoTime() < deadline) {
            Thread.sleep(100);
        }
    }

    private Used used(CameraRunner camera) {
        CameraCounters.Snapshot counted = camera.counters();
        return new Used(
                counted.framesAnalysed(),
                counted.detections(),
                counted.looks(),
                vision.runtime().inferenceCpuNanos(),
                camera.readerUse(),
                EmbedLanes.plus(camera.lookerUse()));
    }

    private Latencies latency() throws InterruptedException {
        Latencies latencies = new Latencies();
        long visits = Math.max(1, length.dividedBy(VISIT));
        progress.accept("latency: beginning the clip " + visits + " times in real time");
        for (int i = 0; i < visits; i++) {
            try (CameraRunner camera =
                    runner(new Playback(false, true, 0), Handover.NEWEST, latencies)) {
                camera.start();
                camera.awaitEnd(VISIT);
            }
        }
        return latencies;
    }

    private CameraRunner runner(Playback playback, Handover handover, EventSink sink) {
        CameraParts parts =
                new CameraParts(
                        sources,
                        vision,
                        gallery,
                        sink,
                        InstantSource.system(),
                        () -> new TrackId(ids.next()),
                        turns);
        Camera camera =
                new Camera(
                        new CameraId(ids.next()),
                        "bench",
                        SiteId.DEFAULT,
                        new AgentId("bench"),
                        SourceAddress.parse(clip.toString()));
        CameraSettings usual = CameraSettings.of(config);
        CameraSettings settings =
                new CameraSettings(
                        CaptureOptions.DEFAULT
                                .withMaxFrameRate(RATE)
                                .withScaleTo(FRAME)
                                .withPlayback(playback),
                        handover,
                        usual.maxBackoff(),
                        0, // the gate stays open: every frame is looked at
                        usual.tracking(),
                        usual.judging());
        return new CameraRunner(camera, parts, settings, () -> {}, Runnable::run);
    }
}
