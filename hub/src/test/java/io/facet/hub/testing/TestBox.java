package io.facet.hub.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.crypto.Sealing;
import io.facet.model.AgentId;
import io.facet.model.FaceEvent;
import io.facet.wire.EventCodec;
import io.facet.wire.EvidenceSeal;
import io.facet.wire.Topics;
import io.facet.wire.v1.AgentState;
import io.facet.wire.v1.DesiredCameras;
import io.facet.wire.v1.Event;
import io.facet.wire.v1.EventAck;
import io.facet.wire.v1.EventBatch;
import io.facet.wire.v1.GalleryHead;
import io.facet.wire.v1.HubInfo;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** An edge box's end of the conversation, without eyes. */
public final class TestBox implements AutoCloseable {
    static {
        // Paho's threads may fall over their own closing; that is nothing a wait should fail for.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    private final AgentId agent;
    private final MqttAsyncClient client;
    private final Map<String, byte[]> retained = new ConcurrentHashMap<>();
    private final BlockingQueue<EventAck> acks = new LinkedBlockingQueue<>();

    private TestBox(AgentId agent, URI broker) throws MqttException {
        this.agent = agent;
        this.client =
                new MqttAsyncClient(broker.toString(), agent.value(), new MemoryPersistence());
        this.client.setCallback(new Inbox());
    }

    /** Connects with a will and subscribes to what a box may hear. */
    public static TestBox connect(AgentId agent, String key, URI broker) throws MqttException {
        return connect(agent, key, broker, Optional.empty());
    }

    /** As above, trusting somebody for {@code ssl://}. */
    public static TestBox connect(AgentId agent, String key, URI broker, Optional<SSLContext> trust)
            throws MqttException {
        MqttConnectionOptions options = new MqttConnectionOptions();
        trust.ifPresent(t -> options.setSocketFactory(t.getSocketFactory()));
        options.setUserName(agent.value());
        options.setPassword(key.getBytes(StandardCharsets.UTF_8));
        return connect(agent, broker, options);
    }

    /** With the certificate that the context shows, and neither name nor key. */
    public static TestBox connect(AgentId agent, URI broker, SSLContext identity)
            throws MqttException {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setSocketFactory(identity.getSocketFactory());
        return connect(agent, broker, options);
    }

    private static TestBox connect(AgentId agent, URI broker, MqttConnectionOptions options)
            throws MqttException {
        TestBox box = new TestBox(agent, broker);
        options.setCleanStart(false);
        options.setSessionExpiryInterval(3600L);
        MqttMessage will =
                new MqttMessage(AgentState.newBuilder().setOnline(false).build().toByteArray());
        will.setQos(1);
        will.setRetained(true);
        options.setWill(Topics.state(agent), will);
        box.client.connect(options).waitForCompletion(10_000);
        for (String topic :
                List.of(
                        Topics.acks(agent),
                        Topics.desiredCameras(agent),
                        Topics.HUB_INFO,
                        Topics.GALLERY_HEAD)) {
            box.client.subscribe(topic, 1).waitForCompletion(10_000);
        }
        return box;
    }

    /** Sends events as one batch; the hub's answer. */
    public EventAck send(Event... events) throws Exception {
        hand(events);
        return ack();
    }

    /** Sends events as one batch and does not wait for the hub's answer. */
    public void hand(Event... events) throws MqttException {
        hand(EventBatch.newBuilder().setVersion(1), events);
    }

    /** The same in an envelope that is begun. */
    public void hand(EventBatch.Builder envelope, Event... events) throws MqttException {
        EventBatch batch =
                envelope.setAgentId(agent.value())
                        .setSentAtUs(1)
                        .addAllEvents(List.of(events))
                        .build();
        publish(Topics.events(agent), batch.toByteArray(), false);
    }

    /** How many answers came that nobody took yet. */
    public int acks() {
        return acks.size();
    }

    /** The next answer. */
    public EventAck ack() throws InterruptedException {
        EventAck ack = acks.poll(30, TimeUnit.SECONDS);
        if (ack == null) {
            throw new AssertionError("no acknowledgement came within 30 seconds");
        }
        return ack;
    }

    /** An event with its evidence sealed to the hub. */
    public Event wire(FaceEvent event) throws InvalidProtocolBufferException {
        Sealing sealing = Sealing.to(hubInfo().getSealingPublicKey().toByteArray());
        return EventCodec.encode(event, EvidenceSeal.to(sealing));
    }

    public void state(AgentState state) throws MqttException {
        publish(Topics.state(agent), state.toByteArray(), true);
    }

    public HubInfo hubInfo() throws InvalidProtocolBufferException {
        return HubInfo.parseFrom(retained(Topics.HUB_INFO));
    }

    public DesiredCameras desiredCameras() throws InvalidProtocolBufferException {
        return DesiredCameras.parseFrom(retained(Topics.desiredCameras(agent)));
    }

    public GalleryHead galleryHead() throws InvalidProtocolBufferException {
        return GalleryHead.parseFrom(retained(Topics.GALLERY_HEAD));
    }

    public void publish(String topic, byte[] payload, boolean retain) throws MqttException {
        IMqttToken token = client.publish(topic, payload, 1, retain);
        token.waitForCompletion(10_000);
        // A broker may refuse in its acknowledgement instead of cutting the line.
        int[] reasons = token.getReasonCodes();
        if (reasons != null && Arrays.stream(reasons).anyMatch(reason -> reason >= 0x80)) {
            throw new MqttException(reasons[0]);
        }
    }

    /** Whether the broker lets the box hear a topic. */
    public boolean maySubscribe(String topic) throws MqttException {
        IMqttToken token = client.subscribe(topic, 1);
        token.waitForCompletion(10_000);
        return Arrays.stream(token.getReasonCodes()).allMatch(code -> code < 0x80);
    }

    /** What came on a topic last; waits for it. */
    public byte[] retained(String topic) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> retained.containsKey(topic));
        byte[] payload = retained.get(topic);
        return payload == null ? new byte[0] : payload;
    }

    public boolean heard(String topic) {
        return retained.containsKey(topic);
    }

    public boolean isConnected() {
        return client.isConnected();
    }

    /** Cuts the connection so that the broker sends the will. */
    public void die() throws MqttException {
        client.disconnectForcibly(0, 0, false);
        client.close(true);
    }

    @Override
    public void close() throws MqttException {
        if (client.isConnected()) {
            client.disconnect().waitForCompletion(10_000);
        }
        client.close(true);
    }

    /** What the client tells. */
    private final class Inbox implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) throws Exception {
            if (topic.equals(Topics.acks(agent))) {
                acks.add(EventAck.parseFrom(message.getPayload()));
            } else {
                retained.put(topic, message.getPayload());
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
