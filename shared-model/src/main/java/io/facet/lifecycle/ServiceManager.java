package io.facet.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whoever started this process how it is: systemd by sd_notify(3), and the packages' launcher
 * by a file. Says nothing where nobody asked. Thread-safe.
 *
 * <ul>
 *   <li>{@code NOTIFY_SOCKET}: gets {@code READY=1}, {@code STATUS=}, {@code STOPPING=1}
 *   <li>{@code WATCHDOG_USEC}: {@code WATCHDOG=1} is sent twice in that time, while the process
 *       answers
 *   <li>{@code FACET_READY_FILE}: is made once everything works
 * </ul>
 */
public final class ServiceManager implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);

    private final Optional<NotifySocket> socket;
    private final Optional<Path> readyFile;
    private final Duration watchdog;
    private final ScheduledExecutorService pulse =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("watchdog").factory());

    private ServiceManager(
            Optional<NotifySocket> socket, Optional<Path> readyFile, Duration watchdog) {
        this.socket = socket;
        this.readyFile = readyFile;
        this.watchdog = watchdog;
    }

    /** Whoever the environment names. */
    public static ServiceManager of(Map<String, String> environment) {
        return new ServiceManager(
                value(environment, "NOTIFY_SOCKET").flatMap(ServiceManager::open),
                value(environment, "FACET_READY_FILE").map(Path::of),
                value(environment, "WATCHDOG_USEC")
                        .map(ServiceManager::micros)
                        .orElse(Duration.ZERO));
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(v -> !v.isEmpty());
    }

    private static Optional<NotifySocket> open(String address) {
        try {
            return Optional.of(new NotifySocket(address));
        } catch (IllegalArgumentException | UnsupportedOperationException unusable) {
            LOG.warn("the service manager cannot be told: {}", unusable.getMessage());
            return Optional.empty();
        }
    }

    private static Duration micros(String text) {
        try {
            return Duration.of(Long.parseLong(text), java.time.temporal.ChronoUnit.MICROS);
        } catch (NumberFormatException malformed) {
            LOG.warn("WATCHDOG_USEC is no number: {}", text);
            return Duration.ZERO;
        }
    }

    /**
     * The process runs: watched by the service manager from now on.
     *
     * @param trouble why it does not do its work all the same; the launcher then takes this release
     *     for a bad one
     * @param alive whether it still answers; asked on a thread of its own, may block
     */
    public void started(Optional<String> trouble, BooleanSupplier alive) {
        send("READY=1\nSTATUS=" + trouble.map(t -> "not ready: " + t).orElse("ready"));
        if (trouble.isEmpty()) {
            readyFile.ifPresent(ServiceManager::make);
        }
        if (socket.isPresent() && watchdog.isPositive()) {
            long half = watchdog.toMillis() / 2;
            var _ = pulse.scheduleAtFixedRate(() -> beat(alive), 0, half, TimeUnit.MILLISECONDS);
        }
    }

    private void beat(BooleanSupplier alive) {
        try {
            if (alive.getAsBoolean()) {
                send("WATCHDOG=1");
            } else {
                LOG.warn("this process does not answer; the watchdog is not fed");
            }
        } catch (RuntimeException defect) {
            // Thrown on, it would end the beats for good.
            LOG.error("the watchdog is not fed", defect);
        }
    }

    private static void make(Path file) {
        try {
            Files.writeString(file, "ready\n");
        } catch (IOException failure) {
            LOG.warn("{} cannot be written: {}", file, failure.getMessage());
        }
    }

    private void send(String message) {
        socket.ifPresent(to -> {
            if (!to.send(message)) {
                LOG.debug("the service manager did not take {}", message);
            }
        });
    }

    /** The process stops. */
    @Override
    public void close() {
        pulse.shutdownNow();
        send("STOPPING=1");
    }
}
