package io.facet.hub.testing;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Somebody at a broker, who keeps what arrives. Thread-safe. */
public final class MqttPeer implements AutoCloseable {
    private static final long PATIENCE_MS = 30_000;

    private final MqttAsyncClient client;
    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
    private boolean resumed;

    /** A message that came. */
    public record Arrival(String topic, String text, MqttMessage message) {}

    private MqttPeer(MqttAsyncClient client) {
        this.client = client;
    }

    public static Wish as(String clientId, String user, String key) {
        return new Wish(clientId, user, key);
    }

    /** How to connect. */
    public static final class Wish {
        private final String clientId;
        private final MqttConnectionOptions options = new MqttConnectionOptions();
        private boolean acknowledges = true;

        private Wish(String clientId, String user, String key) {
            this.clientId = clientId;
            options.setUserName(user);
            options.setPassword(key.getBytes(StandardCharsets.UTF_8));
            options.setConnectionTimeout(20);
        }

        /** Whose session, with what waits for it, outlives the connection. */
        public Wish withSession() {
            options.setCleanStart(false);
            options.setSessionExpiryInterval(3600L);
            return this;
        }

        /** Whom to believe for {@code ssl://}. */
        public Wish trusting(Optional<SSLContext> trust) {
            trust.ifPresent(t -> options.setSocketFactory(t.getSocketFactory()));
            return this;
        }

        public Wish receiving(int atATime) {
            options.setReceiveMaximum(atATime);
            return this;
        }

        /** Acknowledges only when told to. */
        public Wish silent() {
            acknowledges = false;
            return this;
        }

        public Wish withWill(String topic, String text, long delaySeconds) {
            MqttMessage will = new MqttMessage(text.getBytes(StandardCharsets.UTF_8));
            will.setQos(1);
            will.setRetained(true);
            options.setWill(topic, will);
            if (delaySeconds > 0) {
                MqttProperties properties = new MqttProperties();
                properties.setWillDelayInterval(delaySeconds);
                options.setWillMessageProperties(properties);
            }
            return this;
        }

        /** Connects; a refusal is thrown. */
        public MqttPeer connect(URI broker) throws MqttException {
            MqttAsyncClient client =
                    new MqttAsyncClient(broker.toString(), clientId, new MemoryPersistence());
            MqttPeer peer = new MqttPeer(client);
            client.setManualAcks(!acknowledges);
            client.setCallback(peer.new Inbox());
            try {
                IMqttToken token = client.connect(options);
                token.waitForCompletion(PATIENCE_MS);
                peer.resumed = token.getSessionPresent();
                return peer;
            } catch (MqttException refused) {
                client.close(true);
                throw refused;
            }
        }
    }

    public boolean isConnected() {
        return client.isConnected();
    }

    /** Whether the broker had kept the session. */
    public boolean resumed() {
        return resumed;
    }

    /** Whether the broker said that it may be heard; it may still deliver nothing. */
    public boolean subscribe(String filter) throws MqttException {
        IMqttToken token = client.subscribe(filter, 1);
        token.waitForCompletion(PATIENCE_MS);
        return Arrays.stream(token.getReasonCodes()).allMatch(code -> code < 0x80);
    }

    /** Publishes at QoS 1; whether the broker took it. */
    public boolean publish(String topic, String text, boolean retained) {
        try {
            IMqttToken token =
                    client.publish(topic, text.getBytes(StandardCharsets.UTF_8), 1, retained);
            token.waitForCompletion(PATIENCE_MS);
            int[] reasons = token.getReasonCodes();
            return reasons == null || Arrays.stream(reasons).allMatch(code -> code < 0x80);
        } catch (MqttException refused) {
            return false;
        }
    }

    /** All that came so far. */
    public List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /** The texts that came on a topic so far. */
    public List<String> on(String topic) {
        List<String> texts = new ArrayList<>();
        arrivals.stream().filter(a -> a.topic().equals(topic)).forEach(a -> texts.add(a.text()));
        return texts;
    }

    /** Acknowledges a message, for one that is silent. */
    public void acknowledge(Arrival arrival) throws MqttException {
        client.messageArrivedComplete(arrival.message().getId(), arrival.message().getQos());
    }

    /** Cuts the line without a word. */
    public void die() throws MqttException {
        client.disconnectForcibly(0, 0, false);
        client.close(true);
    }

    /** For one whose line may be cut already. */
    public void abandon() throws MqttException {
        if (client.isConnected()) {
            die();
        } else {
            client.close(true);
        }
    }

    @Override
    public void close() throws MqttException {
        if (client.isConnected()) {
            client.disconnect(Duration.ofSeconds(1).toMillis()).waitForCompletion(PATIENCE_MS);
        }
        client.close(true);
    }

    private final class Inbox implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            arrivals.add(
                    new Arrival(
                            topic,
                            new String(message.getPayload(), StandardCharsets.UTF_8),
                            message));
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
