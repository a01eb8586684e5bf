package io.facet.hub.monitor;

/**
 * A bounded queue just now.
 *
 * @param depth what waits; of several alike, in the fullest
 * @param capacity most that can wait
 * @param dropped what was given up since the start because the queue was full
 */
public record QueueState(long depth, long capacity, long dropped) {
    /** How full it is, 0 to 1. */
    public double fill() {
        return capacity == 0 ? 0 : (double) depth / capacity;
    }
}
