package io.facet.hub.joining;

import io.facet.model.AgentId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificates that end by themselves: a broker looks at one when a connection is made, and the
 * connection may be made for months. Used by one thread.
 */
public final class Lapses {
    private static final Logger LOG = LoggerFactory.getLogger(Lapses.class);

    private final Function<Instant, List<JoinStore.Certificate>> inForce;
    private final Consumer<AgentId> cut;
    private final InstantSource clock;
    private Map<AgentId, Instant> ends = Map.of();

    /**
     * Wires it.
     *
     * @param inForce the certificates in force at a time
     * @param cut ends a box's connections
     */
    public Lapses(
            Function<Instant, List<JoinStore.Certificate>> inForce,
            Consumer<AgentId> cut,
            InstantSource clock) {
        this.inForce = inForce;
        this.cut = cut;
        this.clock = clock;
    }

    /** Cuts off boxes whose last certificate has ended since the call before. */
    public void settle() {
        Instant now = clock.instant();
        Map<AgentId, Instant> later = new HashMap<>();
        for (JoinStore.Certificate certificate : inForce.apply(now)) {
            later.merge(
                    certificate.agent(), certificate.expiresAt(), (a, b) -> a.isAfter(b) ? a : b);
        }
        // One that left before its end was revoked, and cut off then.
        ends.forEach((agent, end) -> {
            if (!later.containsKey(agent) && !now.isBefore(end)) {
                LOG.warn("edge agent {} has no certificate in force any more", agent);
                cut.accept(agent);
            }
        });
        ends = later;
    }
}
