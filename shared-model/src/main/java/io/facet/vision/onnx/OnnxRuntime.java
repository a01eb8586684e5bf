package io.facet.vision.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.facet.config.FacetConfig;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all networks of a process share: the native library, the execution providers, the threads
 * and a count of the time spent in them.
 *
 * <p>Threads: one call uses a quarter of the cores, at least 1 and at most 4, and as many calls run
 * at a time as fill the cores; further callers wait in order. So 2 cores run two calls of one
 * thread, 16 run four calls of four. Networks this small gain little from more threads a call, and
 * many cameras keep many calls coming. Thread-safe.
 */
public final class OnnxRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntime.class);

    private final OrtEnvironment environment =
            OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING, "facet");
    private final List<OrtProvider> providers;
    private final int threads;
    private final int calls;
    private final Semaphore turns;
    private final LongAdder nanos = new LongAdder();
    private final LongAdder cpuNanos = new LongAdder();

    /**
     * Chooses providers and threads.
     *
     * @param cores processors to fill
     */
    public OnnxRuntime(FacetConfig.Models config, int cores) {
        this.providers =
                ExecutionProviders.choose(
                        config.providers(), OrtEnvironment.getAvailableProviders());
        this.threads = config.threads() > 0 ? config.threads() : Math.clamp(cores / 4, 1, 4);
        this.calls = Math.max(1, cores / threads);
        this.turns = new Semaphore(calls, true);
        LOG.info(
                "networks run on {} (asked for {}), {} calls at a time of {} threads",
                providerNames(),
                config.providers(),
                calls,
                threads);
    }

    /** The providers in use, best first, as the configuration names them. */
    public List<String> providerNames() {
        return providers.stream()
                .map(p -> p.name().replace("_", "").toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Threads of one call. */
    public int threads() {
        return threads;
    }

    /** Calls that run at a time. */
    public int calls() {
        return calls;
    }

    /** Version of the native library. */
    public String version() {
        return environment.getVersion();
    }

    /** Time spent inside networks since the start, summed over callers. */
    public long inferenceNanos() {
        return nanos.sum();
    }

    /**
     * Processor time that the calling threads spent inside networks since the start; that of the
     * library's own threads, of which there are none with one thread a call, is not in it.
     */
    public long inferenceCpuNanos() {
        return cpuNanos.sum();
    }

    OrtEnvironment environment() {
        return environment;
    }

    /** Waits for a turn and runs {@code call} in it. */
    void inTurn(NativeCall call) throws OrtException {
        turns.acquireUninterruptibly();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = System.nanoTime();
        long cpuStart = threads.getCurrentThreadCpuTime();
        try {
            call.run();
        } finally {
            cpuNanos.add(threads.getCurrentThreadCpuTime() - cpuStart);
            nanos.add(System.nanoTime() - start);
            turns.release();
        }
    }

    /** A call into the native library. */
    interface NativeCall {
        void run() throws OrtException;
    }

    /**
     * Loads a network.
     *
     * @throws FacetException MODEL_CORRUPT when the file is no network this build can run
     */
    OrtSession load(Path onnx) {
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // waiting threads would burn the cores that capture and decoding need
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            ExecutionProviders.addTo(options, providers);
            return environment.createSession(onnx.toString(), options);
        } catch (OrtException failure) {
            throw new FacetException(
                    ErrorCode.MODEL_CORRUPT,
                    "cannot load "
                            + onnx.getFileName()
                            + "; delete it and run ./facet models fetch",
                    failure);
        }
    }
}
