package io.facet.hub.live.engineio;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Who may open a session now: so many at all, so many from one address, so many new ones a minute
 * from one address (a bucket that refills steadily). Thread-safe.
 */
final class Turnstile {
    private static final int PRUNE_FROM = 1_024;

    private final EngineConfig.Admission limits;
    private final Timer timer;
    private final Map<String, Address> addresses = new HashMap<>();
    private int sessions;
    private int pruneAt = PRUNE_FROM;

    Turnstile(EngineConfig.Admission limits, Timer timer) {
        this.limits = limits;
        this.timer = timer;
    }

    /**
     * Lets one in, who must {@link #leave} once.
     *
     * @throws FacetException {@code UNAVAILABLE} when the hub is full, {@code RATE_LIMITED} when
     *     this address has had its share
     */
    synchronized void enter(String address) {
        if (sessions >= limits.sessions()) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE, "too many live viewers; try again later");
        }
        Address from = address(address);
        if (from.permits < 1) {
            throw new FacetException(
                    ErrorCode.RATE_LIMITED,
                    "too many new connections from this address; wait a minute");
        }
        from.permits--;
        if (from.sessions >= limits.sessionsPerAddress()) {
            throw new FacetException(
                    ErrorCode.RATE_LIMITED,
                    "too many live viewers at this address; close some first");
        }
        from.sessions++;
        sessions++;
    }

    synchronized void leave(String address) {
        sessions--;
        Address from = addresses.get(address);
        if (from != null) {
            from.sessions--;
        }
    }

    private Address address(String name) {
        Duration now = timer.now();
        if (addresses.size() >= pruneAt) {
            addresses.values().removeIf(each -> each.isForgettable(now));
            pruneAt = Math.max(PRUNE_FROM, 2 * addresses.size());
        }
        Address address = addresses.computeIfAbsent(name, _ -> new Address(now));
        address.refill(now);
        return address;
    }

    /** How many addresses are remembered. */
    synchronized int remembered() {
        return addresses.size();
    }

    /** One address; guarded by the turnstile. */
    private final class Address {
        private int sessions;
        private double permits = limits.handshakesPerMinute();
        private Duration at;

        Address(Duration now) {
            at = now;
        }

        void refill(Duration now) {
            double minutes = now.minus(at).toNanos() / 60e9;
            permits =
                    Math.min(
                            limits.handshakesPerMinute(),
                            permits + minutes * limits.handshakesPerMinute());
            at = now;
        }

        boolean isForgettable(Duration now) {
            refill(now);
            return sessions == 0 && permits >= limits.handshakesPerMinute();
        }
    }
}
