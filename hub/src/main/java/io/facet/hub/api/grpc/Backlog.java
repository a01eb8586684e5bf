package io.facet.hub.api.grpc;

import io.facet.hub.events.HubEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Events that wait for one reader; when full the oldest are dropped and counted. One lock's. */
final class Backlog {
    private final int most;
    private final Deque<HubEvent> waiting = new ArrayDeque<>();
    private final Map<String, Long> dropped = new TreeMap<>();

    Backlog(int most) {
        this.most = most;
    }

    void add(HubEvent event) {
        if (waiting.size() == most) {
            dropped.merge(waiting.removeFirst().type(), 1L, Long::sum);
        }
        waiting.addLast(event);
    }

    /** What was dropped since this was asked last, by type; what waits is newer. */
    Optional<Map<String, Long>> takeDropped() {
        if (dropped.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Long> taken = Map.copyOf(dropped);
        dropped.clear();
        return Optional.of(taken);
    }

    Optional<HubEvent> next() {
        return Optional.ofNullable(waiting.pollFirst());
    }

    boolean isEmpty() {
        return waiting.isEmpty() && dropped.isEmpty();
    }
}
