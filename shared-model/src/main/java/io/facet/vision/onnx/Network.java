package io.facet.vision.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.vision.catalog.InputSpec;
import io.facet.vision.catalog.ResolvedModel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One loaded network with a pool of call memory, so that calls of a known size allocate nothing.
 *
 * <p>Thread-safe: any number of calls at a time, each with memory of its own; {@link #close} waits
 * for running calls.
 *
 * @param <S> scratch kept with each call's memory
 */
final class Network<S> implements AutoCloseable {
    private final OnnxRuntime runtime;
    private final String id;
    private final String inputName;
    private final OrtSession session;
    private final Function<Size, Map<String, long[]>> outputs;
    private final int maxIdle;
    private final Deque<Call> idle = new ArrayDeque<>();
    private final ReadWriteLock open = new ReentrantReadWriteLock();
    private final Scratch<S> scratch;
    private boolean closed;

    /** Size of an input: pictures, height, width. */
    record Size(int batch, int height, int width) {
        long[] shape() {
            return new long[] {batch, 3, height, width};
        }

        static Size of(InputSpec spec, int batch) {
            return new Size(batch, spec.height(), spec.width());
        }
    }

    /** Makes what a stage keeps with each call's memory. */
    interface Scratch<S> {
        S on(Tensors tensors, Size size);
    }

    /** What a stage does with a call's memory before or after the network runs. */
    interface Step<S, R extends @Nullable Object> {
        R with(Tensors tensors, S scratch);
    }

    private final class Call {
        final Size size;
        final Tensors tensors;
        final S mine;

        Call(Size size) throws OrtException {
            this.size = size;
            this.tensors =
                    new Tensors(
                            runtime.environment(), inputName, size.shape(), outputs.apply(size));
            this.mine = scratch.on(tensors, size);
        }
    }

    /**
     * Loads a network.
     *
     * @param outputs shapes of the outputs that are read, by the size of the input
     */
    Network(
            OnnxRuntime runtime,
            ResolvedModel<?> model,
            Function<Size, Map<String, long[]>> outputs,
            Scratch<S> scratch) {
        this.runtime = runtime;
        this.id = model.id();
        this.inputName = model.spec().input().name();
        this.session = runtime.load(model.onnx());
        this.outputs = outputs;
        this.scratch = scratch;
        this.maxIdle = runtime.calls() + 1;
    }

    /** Fills, runs and reads one call. */
    <R extends @Nullable Object> R run(Size size, Step<S, ?> fill, Step<S, R> read) {
        open.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException(id + " is closed");
            }
            Call call = borrow(size);
            fill.with(call.tensors, call.mine);
            runtime.inTurn(() ->
                    session.run(call.tensors.inputTensor(), call.tensors.outputTensors()).close());
            R result = read.with(call.tensors, call.mine);
            giveBack(call);
            return result;
        } catch (OrtException failure) {
            throw new FacetException(
                    ErrorCode.INTERNAL,
                    id + " failed to run; check it with ./facet doctor",
                    failure);
        } finally {
            open.readLock().unlock();
        }
    }

    private Call borrow(Size size) throws OrtException {
        synchronized (idle) {
            for (Iterator<Call> calls = idle.iterator(); calls.hasNext(); ) {
                Call call = calls.next();
                if (call.size.equals(size)) {
                    calls.remove();
                    return call;
                }
            }
        }
        return new Call(size);
    }

    /** Keeps the memory of the sizes seen last. After a failure it is left to the collector. */
    private void giveBack(Call call) {
        Call oldest = null;
        synchronized (idle) {
            idle.addFirst(call);
            if (idle.size() > maxIdle) {
                oldest = idle.removeLast();
            }
        }
        if (oldest != null) {
            oldest.tensors.close();
        }
    }

    @Override
    public void close() {
        open.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                idle.forEach(call -> call.tensors.close());
                idle.clear();
                session.close();
            }
        } catch (OrtException failure) {
            throw new FacetException(ErrorCode.INTERNAL, "cannot close " + id, failure);
        } finally {
            open.writeLock().unlock();
        }
    }
}
