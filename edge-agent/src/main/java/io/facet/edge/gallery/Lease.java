package io.facet.edge.gallery;

import java.time.Duration;

/**
 * How long the gallery may still be kept without a word from the hub. Counted on {@link BootTime},
 * so that a wall clock that jumps neither wipes the gallery nor keeps it; time without power does
 * not count.
 *
 * @param left zero or less once it has run out
 * @param at when that was so
 * @param unlimited the hub lets the gallery be kept
 */
record Lease(Duration left, BootTime.Reading at, boolean unlimited) {

    /** As the hub grants it; zero is for ever. */
    static Lease granted(Duration lease, BootTime.Reading now) {
        return new Lease(lease, now, lease.isZero());
    }

    /** What is left later on. */
    Lease spent(BootTime.Reading now) {
        return new Lease(left.minus(now.since(at)), now, unlimited);
    }

    boolean ranOut() {
        return !unlimited && !left.isPositive();
    }
}
