package io.facet.hub.recognition;

import io.facet.hub.recognition.FaceChecks.Session;
import io.facet.hub.recognition.FaceChecks.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Liveness scores by session. A session begins with its first score and is forgotten five minutes
 * later, however often it is used meanwhile. A caller has a bounded number of them; beyond it their
 * own oldest goes, never another's. Thread-safe.
 */
final class LivenessSessions {
    static final Duration LIFETIME = Duration.ofMinutes(5);
    static final int MOST_OF_ONE_CALLER = 1000;

    private final InstantSource clock;

    /** By caller; each in the order of their beginning, which is that of their end. */
    private final Map<String, LinkedHashMap<String, Scores>> callers = new HashMap<>();

    private record Scores(double sum, int count, Instant expiresAt) {
        Standing standing() {
            return new Standing((float) (sum / count), count, expiresAt);
        }
    }

    LivenessSessions(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts a score, 0 to 1, and says what the session has come to. */
    synchronized Standing add(Session session, float score) {
        Instant now = clock.instant();
        forget(now);
        LinkedHashMap<String, Scores> own =
                callers.computeIfAbsent(session.caller(), _ -> new LinkedHashMap<>());
        Scores before = own.getOrDefault(session.id(), new Scores(0, 0, now.plus(LIFETIME)));
        Scores after = new Scores(before.sum + score, before.count + 1, before.expiresAt);
        own.put(session.id(), after);
        if (own.size() > MOST_OF_ONE_CALLER) {
            own.pollFirstEntry();
        }
        return after.standing();
    }

    /** What the session has come to; empty before its first score. */
    synchronized Optional<Standing> standing(Session session) {
        forget(clock.instant());
        return Optional.ofNullable(callers.get(session.caller()))
                .map(own -> own.get(session.id()))
                .map(Scores::standing);
    }

    private void forget(Instant now) {
        callers.values()
                .removeIf(own -> {
                    own.values().removeIf(scores -> !now.isBefore(scores.expiresAt));
                    return own.isEmpty();
                });
    }
}
