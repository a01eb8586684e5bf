package io.facet.edge.software;

import io.facet.edge.camera.CameraFleet;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Finds the moment when starting again is noticed least: no camera has found a face for a while.
 * Where faces never leave the picture, a poster perhaps, it comes after a quarter of an hour all
 * the same. Not thread-safe.
 */
final class Quiet {
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final CameraFleet fleet;
    private final Duration calm;
    private final LongSupplier nanos;
    private long faces = -1;
    private long since;
    private long asked;
    private boolean asking;

    Quiet(CameraFleet fleet, Duration calm, LongSupplier nanos) {
        this.fleet = fleet;
        this.calm = calm;
        this.nanos = nanos;
    }

    /** Whether it is now; to be asked every second or so. */
    boolean now() {
        long now = nanos.getAsLong();
        if (!asking) {
            asking = true;
            asked = now;
        }
        long found =
                fleet.statuses().stream().mapToLong(camera -> camera.counts().detections()).sum();
        if (found != faces) {
            faces = found;
            since = now;
        }
        return now - since >= calm.toNanos() || now - asked >= LONGEST.toNanos();
    }

    /** Nothing waits for it any more. */
    void forget() {
        asking = false;
        faces = -1;
    }
}
