package io.facet.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Seconds by the clock and by the thread's CPU time, over several rounds. One thread's. */
final class Stopwatch {
    private final List<Double> wall = new ArrayList<>();
    private final List<Double> cpu = new ArrayList<>();

    /** Runs and notes how long it took. */
    void time(Runnable work) {
        long cpuBefore = cpuNanos();
        long before = System.nanoTime();
        work.run();
        wall.add((System.nanoTime() - before) / 1e9);
        cpu.add((cpuNanos() - cpuBefore) / 1e9);
    }

    /** Median seconds of a round by the clock. */
    double wallSeconds() {
        return median(wall);
    }

    /** Median seconds of a round by CPU time. */
    double cpuSeconds() {
        return median(cpu);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int n = sorted.size();
        return n % 2 == 1 ? sorted.get(n / 2) : (sorted.get(n / 2 - 1) + sorted.get(n / 2)) / 2;
    }
}
