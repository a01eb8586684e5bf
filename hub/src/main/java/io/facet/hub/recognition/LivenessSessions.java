package io.facet.hub.recognition;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.facet.hub.recognition.FaceAnalysis.Session;
import io.facet.hub.recognition.FaceAnalysis.SessionScore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Running means of liveness sessions, in memory. A session ends five minutes after its last picture
 * or when a hundred thousand newer ones push it out. Thread-safe.
 */
final class LivenessSessions {
    private static final int MOST = 100_000;

    private final InstantSource clock;
    private final float limit;
    private final Cache<Session, Sum> sums;

    LivenessSessions(InstantSource clock, float limit) {
        this.clock = clock;
        this.limit = limit;
        this.sums =
                Caffeine.newBuilder()
                        .maximumSize(MOST)
                        .expireAfterWrite(FaceAnalysis.SESSION)
                        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                        .build();
    }

    private record Sum(int pictures, double scores) {
        Sum plus(Sum other) {
            return new Sum(pictures + other.pictures, scores + other.scores);
        }
    }

    /** Adds a score. */
    SessionScore add(Session session, float score) {
        return said(session, sums.asMap().merge(session, new Sum(1, score), Sum::plus));
    }

    /** What was said so far; empty before the first score. */
    Optional<SessionScore> get(Session session) {
        return Optional.ofNullable(sums.getIfPresent(session)).map(sum -> said(session, sum));
    }

    private SessionScore said(Session session, Sum sum) {
        float mean = (float) (sum.scores() / sum.pictures());
        Instant end = clock.instant().plus(FaceAnalysis.SESSION);
        return new SessionScore(session.id(), sum.pictures(), mean, mean >= limit, end);
    }
}
