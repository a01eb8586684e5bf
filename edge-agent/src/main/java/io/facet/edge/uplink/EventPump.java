package io.facet.edge.uplink;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.crypto.Sealing;
import io.facet.edge.outbox.Outbox;
import io.facet.edge.outbox.Refusal;
import io.facet.edge.outbox.StoredEvent;
import io.facet.edge.uplink.Link.Outgoing;
import io.facet.model.AgentId;
import io.facet.wire.Topics;
import io.facet.wire.WireTimes;
import io.facet.wire.v1.EventAck;
import io.facet.wire.v1.EventBatch;
import io.facet.wire.v1.Rejection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves events from the outbox to the hub, in batches, in order, until the hub has them.
 *
 * <p>A batch goes off at once while nothing is on its way; else events gather until it is full or
 * {@link #GATHER} old. Up to {@link InFlight#WINDOW} batches wait for the hub's acknowledgement;
 * one that waits too long makes the pump go back to its first event.
 *
 * <p>An event is <em>historical</em> when, as its batch is sent, it has waited in the outbox longer
 * than {@link #LIVE_WITHIN} by the monotonic clock, or an earlier boot recorded it: it waited for a
 * connection, and raises no live alarm. A break of the connection shorter than that costs no alarm.
 *
 * <p>{@link #step} and {@link #connected} belong to the uplink thread; {@link #acknowledged} may
 * come from another.
 */
final class EventPump {
    static final Duration LIVE_WITHIN = Duration.ofSeconds(5);
    static final Duration GATHER = Duration.ofMillis(50);
    static final int MAX_EVENTS = 100;
    static final long MAX_BYTES = 256 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(EventPump.class);

    private final AgentId agent;
    private final Outbox outbox;
    private final HubKey hubKey;
    private final ClockOffset clockOffset;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final InFlight inFlight;
    private long batches;
    private long lastSent;
    private boolean lastWasFull;

    EventPump(
            AgentId agent,
            Outbox outbox,
            HubKey hubKey,
            ClockOffset clockOffset,
            InstantSource clock,
            LongSupplier nanos) {
        this.agent = agent;
        this.outbox = outbox;
        this.hubKey = hubKey;
        this.clockOffset = clockOffset;
        this.clock = clock;
        this.nanos = nanos;
        this.inFlight = new InFlight(nanos);
    }

    /** A new connection knows of nothing sent. */
    void connected() {
        inFlight.clear();
        lastWasFull = false;
    }

    /** Whether every event has been acknowledged. */
    boolean idle() {
        return inFlight.isEmpty() && outbox.stats().waiting() == 0;
    }

    /**
     * Sends what may be sent now.
     *
     * @return how long to wait, at most, before the next call
     */
    Duration step(Link link) throws InterruptedException {
        Optional<Sealing> hub = hubKey.current();
        if (hub.isEmpty()) {
            // The hub's retained key arrives right after the subscription.
            return Duration.ofSeconds(1);
        }
        if (inFlight.goBackWhenOverdue()) {
            LOG.warn("the hub does not acknowledge; its events are sent again");
        }
        while (link.up() && inFlight.hasRoom()) {
            Duration gathering = gathering();
            if (!gathering.isZero()) {
                return gathering;
            }
            if (!sendNext(link, hub.get())) {
                return Duration.ofSeconds(1);
            }
        }
        return Duration.ofSeconds(1);
    }

    private Duration gathering() {
        Duration since = Duration.ofNanos(nanos.getAsLong() - lastSent);
        return inFlight.isEmpty() || lastWasFull || since.compareTo(GATHER) >= 0
                ? Duration.ZERO
                : GATHER.minus(since);
    }

    private boolean sendNext(Link link, Sealing hub) throws InterruptedException {
        List<StoredEvent> events = outbox.next(inFlight.lastSent(), MAX_EVENTS, MAX_BYTES);
        if (events.isEmpty()) {
            lastWasFull = false;
            return false;
        }
        lastWasFull = events.size() == MAX_EVENTS;
        lastSent = nanos.getAsLong();
        inFlight.sent(events.stream().map(StoredEvent::sequence).toList());
        EventBatch batch = batch(events, hub);
        return batch.getEventsCount() == 0
                || link.publish(
                        new Outgoing(
                                Topics.events(agent),
                                batch.toByteArray(),
                                Link.Quality.AT_LEAST_ONCE,
                                false));
    }

    private EventBatch batch(List<StoredEvent> events, Sealing hub) {
        EventBatch.Builder batch =
                EventBatch.newBuilder()
                        .setVersion(1)
                        .setAgentId(agent.value())
                        .setBatchId(
                                ByteString.copyFrom(ByteBuffer.allocate(16).putLong(8, ++batches)))
                        .setSentAtUs(WireTimes.micros(clock.instant()));
        for (StoredEvent event : events) {
            boolean historical = event.waited().compareTo(LIVE_WITHIN) > 0;
            try {
                batch.addEvents(WireEventEncoder.toSend(event, historical, hub));
            } catch (InvalidProtocolBufferException unreadable) {
                refuse(List.of(new Refusal(event.sequence(), "unreadable", "no event inside")));
            }
        }
        long behind = outbox.stats().waiting() - events.size();
        return batch.setSpoolDepth(Math.clamp(behind, 0, Integer.MAX_VALUE)).build();
    }

    /** The hub has stored, or refused, events. */
    void acknowledged(EventAck ack) {
        clockOffset.sample(
                WireTimes.instant(ack.getSentAtUs()),
                WireTimes.instant(ack.getReceivedAtUs()),
                clock.instant());
        outbox.confirm(ack.getStoredList());
        inFlight.settled(ack.getStoredList());
        if (ack.getRejectedCount() > 0) {
            refuse(ack.getRejectedList().stream().map(EventPump::refusal).toList());
        }
    }

    private void refuse(List<Refusal> refusals) {
        for (Refusal r : refusals) {
            LOG.warn("event {} is kept aside: {} {}", r.sequence(), r.code(), r.reason());
        }
        outbox.reject(refusals);
        inFlight.settled(refusals.stream().map(Refusal::sequence).toList());
    }

    private static Refusal refusal(Rejection rejection) {
        return new Refusal(rejection.getSequence(), rejection.getCode(), rejection.getReason());
    }
}
