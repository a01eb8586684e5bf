package io.facet.edge.gallery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/**
 * How long this machine has been up, on a clock that nobody sets: it counts while the machine
 * sleeps, and begins again at every boot. Thread-safe.
 */
@FunctionalInterface
public interface BootTime {
    /** Now. */
    Reading read();

    /**
     * A moment of a boot.
     *
     * @param boot names the boot; moments of different boots have no distance
     * @param up since that boot
     */
    record Reading(String boot, Duration up) {
        /** How much time has gone by, at least, since an earlier reading. */
        Duration since(Reading earlier) {
            if (!boot.equals(earlier.boot)) {
                return up;
            }
            Duration gone = up.minus(earlier.up);
            return gone.isNegative() ? Duration.ZERO : gone;
        }
    }

    /** Linux's own; elsewhere that of this process. */
    static BootTime system() {
        Path proc = Path.of("/proc");
        try {
            String boot = Files.readString(proc.resolve("sys/kernel/random/boot_id")).strip();
            return () -> new Reading(boot, uptime(proc.resolve("uptime")));
        } catch (IOException notLinux) {
            String run = UUID.randomUUID().toString();
            return () -> new Reading(run, Duration.ofNanos(System.nanoTime()));
        }
    }

    private static Duration uptime(Path file) {
        try {
            String text = Files.readString(file);
            double seconds = Double.parseDouble(text.substring(0, text.indexOf(' ')));
            return Duration.ofMillis((long) (seconds * 1000));
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
