package io.facet.bench;

import io.facet.cli.JsonOption;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./facet bench search}. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = "Searches a gallery of made-up faces on one thread.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it runs the command
final class SearchCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private JsonOption json;

    @Option(names = "--n", defaultValue = "100000", description = "faces (${DEFAULT-VALUE})")
    private int faces;

    @Option(names = "--dim", defaultValue = "256", description = "dimension (${DEFAULT-VALUE})")
    private int dimension;

    @Option(
            names = "--queries",
            defaultValue = "200",
            description = "probes, half of them of strangers (${DEFAULT-VALUE})")
    private int queries;

    @Option(
            names = "--rounds",
            defaultValue = "9",
            description = "times everything is measured; medians count (${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--index",
            defaultValue = "exact",
            description = "exact or hnsw (${DEFAULT-VALUE})")
    private String index;

    @Option(names = "--seed", defaultValue = "1", description = "of the faces (${DEFAULT-VALUE})")
    private long seed;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter text = json.text(spec.commandLine());
        SearchBench bench = new SearchBench(index, faces, dimension, queries, seed);
        err.println("filling the index with " + faces + " faces");
        bench.fill();
        err.println("measuring");
        SearchReport report = bench.measure(rounds);
        text.print(describe(report));
        text.flush();
        json.print(spec.commandLine().getOut(), report);
        return 0;
    }

    private static String describe(SearchReport r) {
        return String.format(
                Locale.ROOT,
                """
                %s index, %,d faces of dimension %d, %d probes, one thread, %d-bit vectors
                  built in             %.1f s, holds %,d MB of heap
                  recall at 1          %.4f (against a scan in float)
                  queries a second     %.1f by the clock, %.1f by CPU time
                  scanned              %.2f GB/s of %.2f GB/s sequential read: %.0f %%
                  plain float scan     %.1f queries a second: %.1f times as fast as that
                """,
                r.index(),
                r.n(),
                r.dim(),
                r.queries(),
                r.vectorBits(),
                r.buildSeconds(),
                r.indexMb(),
                r.recallAt1(),
                r.queriesPerSecond(),
                r.queriesPerCpuSecond(),
                r.scannedBytesPerSecond() / 1e9,
                r.sequentialReadBytesPerSecond() / 1e9,
                100 * r.bandwidthShare(),
                r.floatScanQueriesPerSecond(),
                r.ratioToFloatScan());
    }
}
