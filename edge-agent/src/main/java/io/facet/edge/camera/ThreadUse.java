package io.facet.edge.camera;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a thread has used so far.
 *
 * @param cpu nanoseconds of processor time
 * @param allocated bytes of heap
 */
public record ThreadUse(long cpu, long allocated) {
    static final ThreadUse NONE = new ThreadUse(0, 0);

    /** Processor time of the calling thread, nanoseconds. */
    static long cpuOfCaller() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Of a thread that may have ended; then what it had used is gone, and this is NONE. */
    static ThreadUse of(Thread thread) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long cpu = threads.getThreadCpuTime(thread.threadId());
        long bytes = threads.getThreadAllocatedBytes(thread.threadId());
        return new ThreadUse(Math.max(0, cpu), Math.max(0, bytes));
    }
}
