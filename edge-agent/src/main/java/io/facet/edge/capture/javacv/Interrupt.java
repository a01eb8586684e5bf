package io.facet.edge.capture.javacv;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Ends FFmpeg calls that block for too long or are no longer wanted: FFmpeg asks it about ten times
 * a second while it waits. One thread.
 */
final class Interrupt implements AutoCloseable {
    // JavaCPP has room for ten callbacks of a type in a process, so all sources share one, which
    // finds its source by the address of a byte of its own.
    private static final ConcurrentMap<Long, Interrupt> OPEN = new ConcurrentHashMap<>();
    private static final Callback CALLBACK = new Callback();

    private final BytePointer key = new BytePointer(1);
    private final BooleanSupplier cancelled;
    private long deadline;
    private boolean expired;

    Interrupt(BooleanSupplier cancelled) {
        this.cancelled = cancelled;
        OPEN.put(key.address(), this);
    }

    void watch(AVFormatContext context) {
        context.interrupt_callback().callback(CALLBACK).opaque(key);
    }

    /** Gives the calls from now on this long. */
    void arm(Duration timeout) {
        deadline = System.nanoTime() + timeout.toNanos();
        expired = false;
    }

    /** Whether a call was ended because it took too long. */
    boolean expired() {
        return expired;
    }

    boolean cancelled() {
        return cancelled.getAsBoolean();
    }

    private boolean ends() {
        if (cancelled.getAsBoolean()) {
            return true;
        }
        expired |= System.nanoTime() - deadline > 0;
        return expired;
    }

    @Override
    public void close() {
        OPEN.remove(key.address());
        key.close();
    }

    private static final class Callback extends AVIOInterruptCB.Callback_Pointer {
        @Override
        public int call(@Nullable Pointer opaque) {
            Interrupt interrupt = opaque == null ? null : OPEN.get(opaque.address());
            return interrupt != null && interrupt.ends() ? 1 : 0;
        }
    }
}
