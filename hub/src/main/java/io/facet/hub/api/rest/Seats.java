package io.facet.hub.api.rest;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.util.HashMap;
import java.util.Map;

/** How many may look at live pictures at once: in all, and of one key or user. Thread-safe. */
final class Seats {
    private final int most;
    private final int mostEach;
    private final Map<String, Integer> taken = new HashMap<>();
    private int total;

    Seats(int most, int mostEach) {
        this.most = most;
        this.mostEach = mostEach;
    }

    /** Given back when closed, once. */
    interface Seat extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * A seat for somebody.
     *
     * @throws FacetException {@code RATE_LIMITED} while there is none
     */
    synchronized Seat take(String who) {
        int theirs = taken.getOrDefault(who, 0);
        if (theirs >= mostEach) {
            throw full("one key or user looks at " + mostEach + " live pictures at once");
        }
        if (total >= most) {
            throw full("the hub shows " + most + " live pictures at once");
        }
        total++;
        taken.put(who, theirs + 1);
        return new Seat() {
            private boolean given;

            @Override
            public void close() {
                synchronized (Seats.this) {
                    if (!given) {
                        given = true;
                        giveBack(who);
                    }
                }
            }
        };
    }

    private void giveBack(String who) {
        total--;
        taken.computeIfPresent(who, (_, count) -> count == 1 ? null : count - 1);
    }

    /** How many are taken. */
    synchronized int taken() {
        return total;
    }

    private static FacetException full(String why) {
        return new FacetException(
                ErrorCode.RATE_LIMITED, why + "; close one, or try again in a moment");
    }
}
