package io.facet.lifecycle;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a process stop its parts in order before the JVM begins to shut down.
 *
 * <p>A shutdown hook comes too late for that: the JVM runs all hooks at once, and the one of ONNX
 * Runtime frees the native environment under calls that still run, which ends the process in a
 * crash. So SIGTERM, SIGINT and SIGHUP only ask the main thread to stop; when it returns, the JVM
 * exits and the hooks find nothing running. A second signal ends the process at once.
 */
public final class StopSignals {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);
    private static final int INTERRUPTED = 130;

    private StopSignals() {}

    /**
     * Calls {@code stop} on the first signal, on a thread of the JVM's; it must return soon. Where
     * signals cannot be handled it becomes a shutdown hook.
     *
     * @param stop asks the main thread to end
     * @param awaitEnd waits until it has; only called from a hook
     */
    public static void onFirst(Runnable stop, Runnable awaitEnd) {
        AtomicBoolean asked = new AtomicBoolean();
        Runnable onSignal =
                () -> {
                    if (asked.compareAndSet(false, true)) {
                        stop.run();
                    } else {
                        Runtime.getRuntime().halt(INTERRUPTED);
                    }
                };
        try {
            for (String signal : List.of("TERM", "INT", "HUP")) {
                handle(signal, onSignal);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException unsupported) {
            LOG.debug("signals cannot be handled here", unsupported);
            Runnable hook =
                    () -> {
                        stop.run();
                        awaitEnd.run();
                    };
            Runtime.getRuntime().addShutdownHook(new Thread(hook, "stop"));
        }
    }

    /** By reflection: the compiler warns of sun.misc, and warnings are errors here. */
    private static void handle(String name, Runnable action) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        MethodHandle run =
                MethodHandles.publicLookup()
                        .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                        .bindTo(action);
        Object proxy =
                MethodHandleProxies.asInterfaceInstance(
                        handler, MethodHandles.dropArguments(run, 0, signal));
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    }
}
