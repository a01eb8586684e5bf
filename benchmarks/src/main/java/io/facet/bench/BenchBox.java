package io.facet.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.model.AgentId;
import io.facet.wire.Topics;
import io.facet.wire.v1.EventAck;
import io.facet.wire.v1.HubInfo;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * An edge box's end of the line: at most so many batches wait for the hub's acknowledgement as the
 * agent lets wait. One thread sends.
 */
final class BenchBox implements AutoCloseable {
    /** As the agent's uplink. */
    private static final int WINDOW = 8;

    private static final long PATIENCE_MS = 120_000;

    private final AgentId agent;
    private final MqttAsyncClient client;
    private final Semaphore window = new Semaphore(WINDOW);
    private final CompletableFuture<HubInfo> hub = new CompletableFuture<>();
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();

    private BenchBox(AgentId agent, MqttAsyncClient client) {
        this.agent = agent;
        this.client = client;
    }

    static BenchBox connect(AgentId agent, String key, URI broker) throws MqttException {
        MqttAsyncClient client =
                new MqttAsyncClient(broker.toString(), agent.value(), new MemoryPersistence());
        BenchBox box = new BenchBox(agent, client);
        client.setCallback(box.new Inbox());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(agent.value());
        options.setPassword(key.getBytes(StandardCharsets.UTF_8));
        client.connect(options).waitForCompletion(PATIENCE_MS);
        client.subscribe(Topics.acks(agent), 1).waitForCompletion(PATIENCE_MS);
        client.subscribe(Topics.HUB_INFO, 1).waitForCompletion(PATIENCE_MS);
        return box;
    }

    AgentId agent() {
        return agent;
    }

    /** What evidence is sealed to. */
    byte[] hubKey() {
        return hub.orTimeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                .join()
                .getSealingPublicKey()
                .toByteArray();
    }

    /** Sends a batch as soon as the window has room. */
    void send(byte[] batch) throws InterruptedException, MqttException {
        await(1);
        client.publish(Topics.events(agent), batch, 1, false);
    }

    /** Waits until every batch is acknowledged. */
    void drain() throws InterruptedException {
        await(WINDOW);
        window.release(WINDOW);
    }

    private void await(int places) throws InterruptedException {
        if (!window.tryAcquire(places, PATIENCE_MS, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("the hub does not acknowledge events");
        }
    }

    /** Events that the hub said it has stored. */
    long stored() {
        return stored.get();
    }

    /** Events that the hub would not have. */
    long rejected() {
        return rejected.get();
    }

    @Override
    public void close() throws MqttException {
        client.disconnect().waitForCompletion(PATIENCE_MS);
        client.close(true);
    }

    /** What the client tells. */
    private final class Inbox implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message)
                throws InvalidProtocolBufferException {
            if (topic.equals(Topics.HUB_INFO)) {
                hub.complete(HubInfo.parseFrom(message.getPayload()));
            } else {
                EventAck ack = EventAck.parseFrom(message.getPayload());
                stored.addAndGet(ack.getStoredCount());
                rejected.addAndGet(ack.getRejectedCount());
                window.release();
            }
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {}

        @Override
        public void mqttErrorOccurred(MqttException failure) {}

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String url) {}

        @Override
        public void authPacketArrived(int reason, MqttProperties properties) {}
    }
}
