package io.facet.edge.camera;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whose turn it is when several cameras want the processor at once: start-time fair queueing
 * (Goyal, Vin and Cheng 1996) with several turns at a time (SFQ(D), Jin, Chase and Kaur 2004),
 * chosen over deficit round robin because a frame's cost is known only afterwards.
 *
 * <p>Every turn begins at a virtual time: where the camera's last one ended, or the present virtual
 * time when the camera has been idle since. It ends there plus what it cost. The smallest beginning
 * comes first, so a camera whose frames cost ten times as much gets a tenth of the turns, and one
 * that was idle gathers no claim. An urgent frame may come as if it had begun a little earlier; as
 * that is a constant, no camera gains more than that by it. Not thread-safe; no clock.
 */
final class FairQueue {
    /** What urgency is worth, nanoseconds of processor time. */
    static final long URGENCY = 40_000_000;

    private final int atOnce;
    private final List<Place> waiting = new ArrayList<>();
    private int running;
    private long now;
    private long arrivals;

    /** A camera's place in the queue: it wants at most one turn at a time. */
    static final class Place {
        private long begin;
        private long end;
        private long rank;
        private long arrival;

        private boolean isBefore(Place other) {
            return rank < other.rank || (rank == other.rank && arrival < other.arrival);
        }
    }

    /** A queue that gives so many turns at a time. */
    FairQueue(int atOnce) {
        if (atOnce < 1) {
            throw new IllegalArgumentException("at least one turn at a time");
        }
        this.atOnce = atOnce;
    }

    /** Asks for a turn. */
    void arrive(Place place, boolean urgent) {
        place.begin = Math.max(now, place.end);
        place.rank = place.begin - (urgent ? URGENCY : 0);
        place.arrival = arrivals++;
        waiting.add(place);
    }

    /** Whose turn comes next; empty while all turns are taken or nobody asks. */
    Optional<Place> next() {
        if (running >= atOnce) {
            return Optional.empty();
        }
        Place first = null;
        for (Place place : waiting) {
            if (first == null || place.isBefore(first)) {
                first = place;
            }
        }
        return Optional.ofNullable(first);
    }

    /** Begins the turn that {@link #next} named. */
    void begin(Place place) {
        waiting.remove(place);
        running++;
        now = Math.max(now, place.begin);
    }

    /** Asks no longer. */
    void giveUp(Place place) {
        waiting.remove(place);
    }

    /** Ends a turn that cost so many nanoseconds of processor time. */
    void end(Place place, long cost) {
        running--;
        place.end = place.begin + Math.max(0, cost);
    }

    /** Places that ask for a turn. */
    int waiting() {
        return waiting.size();
    }
}
