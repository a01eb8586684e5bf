package io.facet.edge.uplink;

import io.facet.edge.clip.ClipSpool;
import io.facet.error.FacetException;
import io.facet.model.EventId;
import io.facet.wire.v1.Sealed;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves films from the spool to the hub, one at a time, oldest first, beside the events and never
 * in their way. A film goes from the spool when the hub has it on disk, or will never take it. Of
 * an event that the hub does not know, the film waits while events are still on their way; after
 * that the event was given up or refused, and so is its film. Thread-safe.
 */
public final class ClipPump implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClipPump.class);
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final ClipSpool spool;
    private final HubClips hub;
    private final BooleanSupplier eventsDelivered;
    private final Backoff backoff = new Backoff();
    private final Signal work = new Signal();
    private final AtomicLong refused = new AtomicLong();
    private final Thread thread;
    private volatile boolean closing;

    /**
     * Starts to send.
     *
     * @param eventsDelivered whether no event waits for the hub
     */
    public ClipPump(ClipSpool spool, HubClips hub, BooleanSupplier eventsDelivered) {
        this.spool = spool;
        this.hub = hub;
        this.eventsDelivered = eventsDelivered;
        spool.onStored(work::give);
        this.thread = Thread.ofVirtual().name("clip-pump").start(this::run);
    }

    /** Films that the hub would not take. */
    public long refused() {
        return refused.get();
    }

    private void run() {
        try {
            while (!closing) {
                work.await(round() ? IDLE : backoff.next());
            }
        } catch (InterruptedException _) {
            LOG.debug("closing");
        }
    }

    /** Sends what waits; whether all of it went. */
    private boolean round() throws InterruptedException {
        try {
            boolean all = true;
            for (EventId event : spool.waiting()) {
                boolean delivered = eventsDelivered.getAsBoolean();
                Optional<Sealed> film = spool.sealed(event);
                if (film.isEmpty()) {
                    all = false;
                    continue;
                }
                HubClips.Answer answer = hub.put(event, film.get());
                if (answer == HubClips.Answer.NOT_NOW) {
                    return false;
                }
                backoff.reset();
                all &= settle(event, answer, delivered);
            }
            return all;
        } catch (FacetException disk) {
            LOG.warn("a film cannot be read; tried again later", disk);
            return false;
        }
    }

    private boolean settle(EventId event, HubClips.Answer answer, boolean delivered) {
        if (answer == HubClips.Answer.UNKNOWN_EVENT && !delivered) {
            return false;
        }
        spool.remove(event);
        if (answer != HubClips.Answer.TAKEN) {
            LOG.info("the hub does not take the film of event {}", event);
            refused.incrementAndGet();
        }
        return true;
    }

    /** What is on its way may be sent again; the hub keeps it once. */
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
