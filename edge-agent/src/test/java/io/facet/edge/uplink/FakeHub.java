package io.facet.edge.uplink;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.crypto.SealingKeyPair;
import io.facet.edge.uplink.Link.Outgoing;
import io.facet.edge.uplink.Link.Quality;
import io.facet.model.AgentId;
import io.facet.wire.Topics;
import io.facet.wire.WireIds;
import io.facet.wire.WireTimes;
import io.facet.wire.v1.AgentState;
import io.facet.wire.v1.Event;
import io.facet.wire.v1.EventAck;
import io.facet.wire.v1.EventBatch;
import io.facet.wire.v1.HubInfo;
import io.facet.wire.v1.Rejection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The hub's side of the conversation, in memory: stores each event once, acknowledges, counts. */
final class FakeHub implements AutoCloseable {
    static final AgentId AGENT = new AgentId("agent-1");

    final SealingKeyPair keys = SealingKeyPair.generate();
    final ConcurrentMap<UUID, Event> stored = new ConcurrentHashMap<>();
    final List<AgentState> states = new CopyOnWriteArrayList<>();
    final List<byte[]> liveFrames = new CopyOnWriteArrayList<>();
    final AtomicInteger received = new AtomicInteger();
    volatile Predicate<Event> refuses = _ -> false;
    volatile boolean silent;

    private final BlockingQueue<Outgoing> outbox = new LinkedBlockingQueue<>();
    private final MqttLink link;
    private final Thread sender;

    FakeHub(MqttEndpoint endpoint) {
        this.link =
                MqttLink.open(
                        endpoint,
                        new MqttLink.Setup(
                                "test-hub",
                                new Outgoing("test/will", new byte[0], Quality.AT_MOST_ONCE, false),
                                Map.of(
                                        Topics.ofEveryAgent("events"), Quality.AT_LEAST_ONCE,
                                        Topics.ofEveryAgent("state"), Quality.AT_LEAST_ONCE,
                                        Topics.ofEveryAgent("live/frames"), Quality.AT_MOST_ONCE),
                                this::arrived,
                                () -> {}));
        this.sender = Thread.ofVirtual().start(this::send);
    }

    /** Announces the key to seal to. */
    void introduceItself() {
        say(
                Topics.HUB_INFO,
                HubInfo.newBuilder()
                        .setSealingKeyId(keys.keyId())
                        .setSealingPublicKey(ByteString.copyFrom(keys.publicKey()))
                        .build()
                        .toByteArray());
    }

    /** Publishes a retained message. */
    void say(String topic, byte[] message) {
        outbox.add(new Outgoing(topic, message, Quality.AT_LEAST_ONCE, true));
    }

    /** Publishes a message nobody keeps. */
    void ask(String topic, byte[] message) {
        outbox.add(new Outgoing(topic, message, Quality.AT_MOST_ONCE, false));
    }

    List<Long> sequences() {
        return stored.values().stream().map(Event::getSequence).sorted().toList();
    }

    @Nullable AgentState lastState() {
        List<AgentState> all = new ArrayList<>(states);
        return all.isEmpty() ? null : all.getLast();
    }

    private void arrived(String topic, byte[] message) {
        try {
            if (topic.endsWith("/events")) {
                take(EventBatch.parseFrom(message));
            } else if (topic.endsWith("/state")) {
                states.add(AgentState.parseFrom(message));
            } else {
                liveFrames.add(message);
            }
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    private void take(EventBatch batch) {
        EventAck.Builder ack =
                EventAck.newBuilder()
                        .setSentAtUs(batch.getSentAtUs())
                        .setReceivedAtUs(WireTimes.micros(Instant.now()));
        for (Event event : batch.getEventsList()) {
            received.incrementAndGet();
            if (refuses.test(event)) {
                ack.addRejected(
                        Rejection.newBuilder()
                                .setSequence(event.getSequence())
                                .setCode("invalid_argument")
                                .setReason("planted"));
            } else {
                stored.putIfAbsent(WireIds.uuid("event_id", event.getEventId()), event);
                ack.addStored(event.getSequence());
            }
        }
        if (!silent) {
            outbox.add(
                    new Outgoing(
                            Topics.acks(AGENT),
                            ack.build().toByteArray(),
                            Quality.AT_LEAST_ONCE,
                            false));
        }
    }

    private void send() {
        try {
            while (true) {
                link.publish(outbox.take());
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        sender.interrupt();
        link.close();
    }
}
