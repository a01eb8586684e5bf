package io.facet.bench;

import io.facet.bench.ApiReport.Load;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.DoubleStream;

/** Clients that call one after the other without a pause, for a while. Stateless. */
final class ClosedLoop {
    private ClosedLoop() {}

    /** Runs the call from this many clients at once; calls begun before the end count. */
    static Load run(int clients, Duration time, Runnable call) throws InterruptedException {
        ConcurrentLinkedQueue<Double> millis = new ConcurrentLinkedQueue<>();
        AtomicLong failed = new AtomicLong();
        long start = System.nanoTime();
        long end = start + time.toNanos();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                while (System.nanoTime() < end) {
                                    time(call, millis, failed);
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double[] sorted = millis.stream().mapToDouble(m -> m).sorted().toArray();
        return new Load(
                clients,
                sorted.length / seconds,
                percentile(sorted, 50),
                percentile(sorted, 95),
                percentile(sorted, 99),
                failed.get());
    }

    private static void time(
            Runnable call, ConcurrentLinkedQueue<Double> millis, AtomicLong failed) {
        long before = System.nanoTime();
        try {
            call.run();
            millis.add((System.nanoTime() - before) / 1e6);
        } catch (RuntimeException refused) {
            failed.incrementAndGet();
        }
    }

    /** The smallest value that this share of all is at or below; 0 without any. */
    static double percentile(double[] sorted, double percent) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }

    static double median(DoubleStream values) {
        return percentile(values.sorted().toArray(), 50);
    }
}
