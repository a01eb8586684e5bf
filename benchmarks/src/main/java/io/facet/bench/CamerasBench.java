package io.facet.bench;

import io.facet.config.FacetConfig;
import io.facet.edge.camera.CameraParts;
import io.facet.edge.camera.Turns;
import io.facet.edge.capture.javacv.FfmpegSources;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.TrackId;
import io.facet.model.Uuid7;
import io.facet.vision.pipeline.PackVision;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Several cameras in real time with the agent's own parts, sharing the cores as on a box. Each
 * plays the clip again and again, every time with new visits and without a pause, a little after
 * the one before it. Rounds begun before everything is warm do not count.
 */
final class CamerasBench {
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    private final FacetConfig config;
    private final PackVision vision;
    private final Path clip;
    private final int count;
    private final Duration length;
    private final Consumer<String> progress;
    private final FfmpegSources sources = new FfmpegSources(InstantSource.system());
    private final Latencies fromGood = new Latencies();
    private final Latencies fromView = new Latencies();

    /**
     * Ready to run.
     *
     * @param length of the measurement
     */
    CamerasBench(
            FacetConfig config,
            PackVision vision,
            Path clip,
            int count,
            Duration length,
            Consumer<String> progress) {
        this.config = config;
        this.vision = vision;
        this.clip = clip;
        this.count = count;
        this.length = length;
        this.progress = progress;
    }

    CamerasReport run() throws InterruptedException {
        BenchGallery gallery = new BenchGallery(vision, config);
        gallery.enrol(sources, clip, PipelineBench.FRAME);
        progress.accept("enrolled the " + gallery.people() + " people of the clip");
        List<BenchCamera> cameras = cameras(gallery);
        long begun;
        try {
            progress.accept(count + " cameras: warming up");
            for (BenchCamera camera : cameras) {
                camera.start();
                Thread.sleep(1000 / count);
            }
            Thread.sleep(WARM_UP);
            progress.accept("measuring for " + length.toSeconds() + " s");
            begun = System.nanoTime();
            cameras.forEach(BenchCamera::count);
            Thread.sleep(length);
        } finally {
            cameras.forEach(BenchCamera::finish);
        }
        for (BenchCamera camera : cameras) {
            camera.await();
        }
        return report(cameras, gallery.people(), (System.nanoTime() - begun) / 1e9);
    }

    private List<BenchCamera> cameras(BenchGallery gallery) {
        Uuid7 ids = new Uuid7(InstantSource.system(), new Random(1));
        Turns turns = Turns.ofThisMachine();
        List<BenchCamera> cameras = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            CameraParts parts =
                    new CameraParts(
                            sources,
                            vision,
                            gallery,
                            (_, _) -> true,
                            InstantSource.system(),
                            () -> new TrackId(ids.next()),
                            turns);
            cameras.add(
                    new BenchCamera("camera " + i, clip, config, parts, ids, fromGood, fromView));
        }
        return cameras;
    }

    private CamerasReport report(List<BenchCamera> cameras, int people, double seconds) {
        if (fromGood.count() == 0) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "nobody was named; the machine is too busy or the clip shows no face well");
        }
        return new CamerasReport(
                vision.pack().pack().name(),
                clip.getFileName().toString(),
                PipelineBench.FRAME.width() + "x" + PipelineBench.FRAME.height(),
                PipelineBench.RATE,
                count,
                Runtime.getRuntime().availableProcessors(),
                seconds,
                cameras.stream().mapToLong(BenchCamera::rounds).sum(),
                people,
                fromGood.count(),
                fromGood.percentileMs(50) / 1000,
                fromGood.percentileMs(95) / 1000,
                fromView.percentileMs(50) / 1000,
                fromView.percentileMs(95) / 1000,
                cameras.stream().map(BenchCamera::report).toList(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                ProcessMemory.residentBytes() / 1e6);
    }
}
