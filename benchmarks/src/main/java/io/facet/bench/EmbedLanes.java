package io.facet.bench;

import com.sun.management.ThreadMXBean;
import io.facet.edge.camera.ThreadUse;
import java.lang.management.ManagementFactory;

/** What the threads that embed for all cameras have used, found by their name. Stateless. */
final class EmbedLanes {
    private EmbedLanes() {}

    /** A camera's own thread and all embedding threads together. */
    static ThreadUse plus(ThreadUse camera) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long cpu = camera.cpu();
        long allocated = camera.allocated();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("embed-")) {
                cpu += Math.max(0, threads.getThreadCpuTime(thread.threadId()));
                allocated += Math.max(0, threads.getThreadAllocatedBytes(thread.threadId()));
            }
        }
        return new ThreadUse(cpu, allocated);
    }
}
