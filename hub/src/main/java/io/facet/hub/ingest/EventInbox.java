package io.facet.hub.ingest;

import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.crypto.SealingKeyPair;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.events.EventService;
import io.facet.hub.events.ReceivedEvent;
import io.facet.model.AgentId;
import io.facet.model.FaceEvent;
import io.facet.model.SiteId;
import io.facet.wire.EventCodec;
import io.facet.wire.EvidenceOpen;
import io.facet.wire.Topics;
import io.facet.wire.WireTimes;
import io.facet.wire.v1.Event;
import io.facet.wire.v1.EventAck;
import io.facet.wire.v1.EventBatch;
import io.facet.wire.v1.Rejection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Batches of events: decoded, stored in one transaction, and only then acknowledged. An event that
 * can never be stored is rejected by itself; the others of its batch are stored. Thread-safe.
 */
final class EventInbox {
    private static final Logger LOG = LoggerFactory.getLogger(EventInbox.class);
    private static final int VERSION = 1;

    /** How long a batch may be on its way and its events still be live; as long as on the box. */
    private static final Duration LIVE_WITHIN = Duration.ofSeconds(5);

    private final EventService events;
    private final Sites sites;
    private final EvidenceOpen evidence;
    private final Outgoing outgoing;
    private final IngestObserver observer;
    private final InstantSource clock;

    /** Where a box stands, by its registration and not by what it says. */
    @FunctionalInterface
    interface Sites {
        /** Empty for a box that is not registered. */
        java.util.Optional<SiteId> of(AgentId agent);
    }

    EventInbox(
            EventService events,
            Sites sites,
            SealingKeyPair keys,
            Outgoing outgoing,
            IngestObserver observer,
            InstantSource clock) {
        this.events = events;
        this.sites = sites;
        this.evidence = EvidenceOpen.with(keys);
        this.outgoing = outgoing;
        this.observer = observer;
        this.clock = clock;
    }

    /** A decoded event and its place in the box's outbox. */
    private record Incoming(long sequence, ReceivedEvent event) {}

    /**
     * Takes in a message.
     *
     * @throws FacetException {@code UNAVAILABLE}, {@code DISK_FULL}: try again later; nothing was
     *     acknowledged
     */
    void take(AgentId agent, byte[] payload) {
        EventBatch batch;
        try {
            batch = EventBatch.parseFrom(payload);
        } catch (InvalidProtocolBufferException notABatch) {
            LOG.warn("edge agent {} sent a message that is no batch of events", agent);
            return;
        }
        if (batch.getVersion() > VERSION) {
            // Neither taken nor refused: the box keeps them and sends them again.
            LOG.warn(
                    "edge agent {} writes envelopes of version {}, which this hub cannot read; its"
                            + " events wait there until the hub is updated",
                    agent,
                    batch.getVersion());
            return;
        }
        EventAck.Builder ack = EventAck.newBuilder().setSentAtUs(batch.getSentAtUs());
        List<Incoming> incoming = decode(agent, batch, ack);
        store(incoming, ack);
        ack.setReceivedAtUs(WireTimes.micros(clock.instant()));
        outgoing.publish(Topics.acks(agent), ack.build().toByteArray(), 1, false);
    }

    private List<Incoming> decode(AgentId agent, EventBatch batch, EventAck.Builder ack) {
        List<Incoming> incoming = new ArrayList<>(batch.getEventsCount());
        java.util.Optional<SiteId> site = sites.of(agent);
        for (Event wire : batch.getEventsList()) {
            try {
                SiteId where =
                        site.orElseThrow(() ->
                                new FacetException(
                                        ErrorCode.NOT_FOUND,
                                        "edge agent " + agent + " is not registered"));
                FaceEvent event =
                        EventCodec.decode(
                                agent, wire.toBuilder().setSiteId(where.value()).build(), evidence);
                incoming.add(
                        new Incoming(
                                wire.getSequence(),
                                new ReceivedEvent(
                                        event, wire.getHistorical() || late(batch, event))));
            } catch (FacetException bad) {
                reject(agent, wire.getSequence(), bad, ack);
            }
        }
        return incoming;
    }

    /**
     * Whether a batch that its box sent as news comes late: it waited on a line that was dead and
     * came to life again, or at the broker. Unknown while the box has not measured its clock.
     */
    private boolean late(EventBatch batch, FaceEvent event) {
        Duration offset = event.header().clockOffset();
        return offset != null
                && WireTimes.instant(batch.getSentAtUs())
                        .plus(offset)
                        .plus(LIVE_WITHIN)
                        .isBefore(clock.instant());
    }

    private void store(List<Incoming> incoming, EventAck.Builder ack) {
        if (incoming.isEmpty()) {
            return;
        }
        try {
            events.ingest(incoming.stream().map(Incoming::event).toList());
            incoming.forEach(e -> ack.addStored(e.sequence()));
        } catch (FacetException notNow) {
            throw notNow;
        } catch (RuntimeException oneOfThem) {
            LOG.warn("a batch could not be stored as a whole; storing one by one", oneOfThem);
            incoming.forEach(e -> storeAlone(e, ack));
        }
    }

    private void storeAlone(Incoming one, EventAck.Builder ack) {
        AgentId agent = one.event().event().header().agent();
        try {
            events.ingest(List.of(one.event()));
            ack.addStored(one.sequence());
        } catch (FacetException notNow) {
            throw notNow;
        } catch (RuntimeException never) {
            LOG.error("event {} of {} cannot be stored", one.sequence(), agent, never);
            reject(
                    agent,
                    one.sequence(),
                    new FacetException(
                            ErrorCode.INTERNAL, "the hub cannot store it; see the hub's log"),
                    ack);
        }
    }

    private void reject(AgentId agent, long sequence, FacetException why, EventAck.Builder ack) {
        LOG.warn("rejected event {} of {}: {}", sequence, agent, why.reason());
        observer.rejected(why.code());
        ack.addRejected(
                Rejection.newBuilder()
                        .setSequence(sequence)
                        .setCode(why.code().wireName())
                        .setReason(why.reason()));
    }
}
