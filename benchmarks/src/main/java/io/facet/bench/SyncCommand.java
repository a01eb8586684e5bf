package io.facet.bench;

import io.facet.config.ConfigLoader;
import io.facet.config.FacetConfig;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.vision.pipeline.Vision;
import io.facet.vision.pipeline.VisionFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.eclipse.paho.mqttv5.common.MqttException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./facet bench sync}. */
@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        description = {
            "How long an empty edge box takes to get a large gallery from a hub process, and how",
            "soon one new face is searchable on many boxes; all on this machine."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it runs the command
final class SyncCommand implements Callable<Integer> {
    @Mixin private BenchOption bench;

    @Option(
            names = "--faces",
            defaultValue = "100000",
            description = "of the large gallery (${DEFAULT-VALUE})")
    private int faces;

    @Option(
            names = "--agents",
            defaultValue = "50",
            description = "boxes that follow new faces (${DEFAULT-VALUE})")
    private int agents;

    @Option(
            names = "--changes",
            defaultValue = "20",
            description = "new faces, one after the other (${DEFAULT-VALUE})")
    private int changes;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path home = bench.places().home();
        SyncBench.Setup setup = setup(bench.pictures(1));
        SyncReport report =
                BenchFolder.during(data -> {
                    try {
                        return new SyncBench(home, data, setup, bench::say).run();
                    } catch (MqttException | SQLException failure) {
                        throw new IOException(failure);
                    }
                });
        bench.print(describe(report), report);
        return 0;
    }

    private SyncBench.Setup setup(List<byte[]> pictures) {
        FacetConfig config = ConfigLoader.load(Optional.empty(), Map.of());
        ResolvedPack resolved = bench.resolve(config);
        try (Vision vision = VisionFactory.open(config, resolved)) {
            return new SyncBench.Setup(
                    bench.pack(),
                    vision.space(),
                    vision.calibration(),
                    faces,
                    agents,
                    changes,
                    pictures.getFirst());
        }
    }

    private static String describe(SyncReport report) {
        return String.format(
                Locale.ROOT,
                "%d faces on an empty box: %.1f s, %.0f bytes a face on the way, %.0f stored%n"
                        + "a new face on %d boxes: p50 %.3f s, p95 %.3f s after the hub's"
                        + " acknowledgement, p95 %.3f s after the call%n",
                report.faces(),
                report.coldSeconds(),
                report.bytesPerFace(),
                report.storedBytesPerFace(),
                report.agents(),
                report.propagationP50Seconds(),
                report.propagationP95Seconds(),
                report.enrolToSearchableP95Seconds());
    }
}
