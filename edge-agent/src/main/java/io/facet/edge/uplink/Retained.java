package io.facet.edge.uplink;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which of the messages that the hub keeps at the broker this connection has not brought yet, and
 * when to subscribe to them again, which brings them again.
 *
 * <p>A broker can lose one that is published just while its subscription is made: Artemis looks for
 * subscriptions before the commit after which the message counts as retained. Marking is
 * thread-safe; the rest is the uplink thread's.
 */
final class Retained {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Set<String> wanted;
    private final Set<String> unheard = ConcurrentHashMap.newKeySet();
    private Duration wait = FIRST_WAIT;
    private long asked;

    Retained(Set<String> wanted) {
        this.wanted = Set.copyOf(wanted);
    }

    /** A new connection is about to subscribe to everything. */
    void connecting(long nanos) {
        unheard.addAll(wanted);
        wait = FIRST_WAIT;
        asked = nanos;
    }

    void heard(String topic) {
        unheard.remove(topic);
    }

    /** What to subscribe to again now; mostly nothing. */
    Set<String> due(long nanos) {
        if (unheard.isEmpty() || nanos - asked < wait.toNanos()) {
            return Set.of();
        }
        asked = nanos;
        Duration longer = wait.multipliedBy(2);
        wait = longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT;
        return Set.copyOf(unheard);
    }
}
