package io.facet.hub.admission;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.facet.config.FacetConfig;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Map;

/**
 * How much one key, and one address without a good one, may ask for in a minute. Each has a bucket
 * of a minute's calls that fills steadily. A bucket nobody took from for two minutes is full, so it
 * is forgotten; of a hundred thousand and more the least used are. Thread-safe.
 */
public final class RequestLimits {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration FULL_AGAIN = Duration.ofMinutes(2);
    private static final int MOST_BUCKETS = 100_000;

    private final LoadingCache<String, Bucket> keys;
    private final LoadingCache<String, Bucket> addresses;

    public RequestLimits(FacetConfig.Limits limits) {
        // Not the clock of the day: set back, it would leave every bucket empty for as long.
        this(limits, TimeMeter.SYSTEM_NANOTIME);
    }

    RequestLimits(FacetConfig.Limits limits, TimeMeter time) {
        keys = buckets(limits.requestsPerMinute(), time);
        addresses = buckets(limits.anonymousPerMinute(), time);
    }

    private static LoadingCache<String, Bucket> buckets(int perMinute, TimeMeter time) {
        return Caffeine.newBuilder()
                .expireAfterAccess(FULL_AGAIN)
                .maximumSize(MOST_BUCKETS)
                .build(_ ->
                        Bucket.builder()
                                .addLimit(limit ->
                                        limit.capacity(perMinute).refillGreedy(perMinute, MINUTE))
                                .withCustomTimePrecision(time)
                                .build());
    }

    /**
     * Counts a call of somebody known.
     *
     * @param principal a key's, user's or box's id
     * @throws FacetException {@code RATE_LIMITED}, with the seconds to wait as {@code retry_after}
     */
    public void countKey(String principal) {
        take(keys.get(principal), "with this key");
    }

    /**
     * Counts a call without a good credential.
     *
     * @param address as {@link ClientAddress} names it
     * @throws FacetException {@code RATE_LIMITED}, with the seconds to wait as {@code retry_after}
     */
    public void countAddress(String address) {
        take(addresses.get(address), "without a valid credential from this address");
    }

    private static void take(Bucket bucket, String whose) {
        ConsumptionProbe taken = bucket.tryConsumeAndReturnRemaining(1);
        if (taken.isConsumed()) {
            return;
        }
        Duration wait = Duration.ofNanos(taken.getNanosToWaitForRefill());
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        throw new FacetException(
                ErrorCode.RATE_LIMITED,
                "too many calls " + whose + "; try again in " + seconds + " s",
                Map.of("retry_after", String.valueOf(seconds)));
    }
}
