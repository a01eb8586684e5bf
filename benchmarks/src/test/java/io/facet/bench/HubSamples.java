package io.facet.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at a hub process's memory now and then. One thread's. */
final class HubSamples {
    private static final Pattern USED = Pattern.compile("total reserved.*?used (\\d+)K");

    private final HubProcess hub;
    private final long start = System.nanoTime();
    private final List<Sample> taken = new ArrayList<>();

    /**
     * A look.
     *
     * @param seconds since the beginning
     * @param heapMb live objects on the Java heap, just after a full collection
     * @param jvmMb resident of the JVM
     * @param databaseMb PostgreSQL's own, without its shared buffers
     * @param residentMb of all processes, shared buffers included
     */
    record Sample(
            double seconds, double heapMb, double jvmMb, double databaseMb, double residentMb) {}

    HubSamples(HubProcess hub) {
        this.hub = hub;
    }

    void take() throws IOException, InterruptedException {
        String _ = jcmd("GC.run");
        Matcher used = USED.matcher(jcmd("GC.heap_info"));
        if (!used.find()) {
            throw new IOException("the JVM does not tell its heap");
        }
        HubMemory memory = hub.memory();
        taken.add(
                new Sample(
                        (System.nanoTime() - start) / 1e9,
                        Long.parseLong(used.group(1)) * 1024 / 1e6,
                        memory.jvmMb(),
                        hub.databaseOwnMb(),
                        memory.residentMb()));
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process =
                new ProcessBuilder(program.toString(), Long.toString(hub.pid()), command)
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd " + command + " failed: " + said);
        }
        return said;
    }

    List<Sample> all() {
        return List.copyOf(taken);
    }

    /** The last two thirds: caches, pools and compiled code have filled by then. */
    List<Sample> settled() {
        return all().subList(taken.size() / 3, taken.size());
    }

    /**
     * How much a figure rises over the settled time, by the median of the slopes between any two
     * looks (Theil 1950, Sen 1968): a process of PostgreSQL's that is there for one look, as an
     * autovacuum worker is, does not count, a steady rise does.
     */
    double rise(ToDoubleFunction<Sample> figure) {
        List<Sample> samples = settled();
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            for (int j = i + 1; j < samples.size(); j++) {
                Sample a = samples.get(i);
                Sample b = samples.get(j);
                slopes.add(
                        (figure.applyAsDouble(b) - figure.applyAsDouble(a))
                                / (b.seconds() - a.seconds()));
            }
        }
        slopes.sort(null);
        double time = samples.getLast().seconds() - samples.getFirst().seconds();
        return slopes.isEmpty() ? 0 : slopes.get(slopes.size() / 2) * time;
    }

    double mean(ToDoubleFunction<Sample> figure) {
        return settled().stream().mapToDouble(figure).average().orElseThrow();
    }
}
