package io.facet.edge.uplink;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the Paho client. A new connection is a new client: the session lives at the
 * broker, the outbox is the persistence, so nothing stale is carried over. Thread-safe.
 */
final class MqttLink implements Link {
    private static final Logger LOG = LoggerFactory.getLogger(MqttLink.class);
    private static final int MOST_IN_FLIGHT = 8;
    private static final Duration SESSION = Duration.ofDays(1);
    private static final long WAIT_MS = 10_000;

    /** A connection made again within this is no news of a death. */
    private static final long WILL_DELAY_SECONDS = 2;

    private final MqttAsyncClient client;
    private final Runnable onDown;
    private final Map<String, Quality> subscriptions;
    private volatile boolean up;
    private volatile Semaphore room = new Semaphore(1);

    /** What a connection needs besides the endpoint. */
    record Setup(
            String clientId,
            Outgoing will,
            Map<String, Quality> subscriptions,
            BiConsumer<String, byte[]> onMessage,
            Runnable onDown) {}

    private MqttLink(MqttAsyncClient client, Setup setup) {
        this.client = client;
        this.onDown = setup.onDown();
        this.subscriptions = setup.subscriptions();
    }

    /**
     * Connects and subscribes.
     *
     * @throws FacetException {@code UNAVAILABLE} when the broker cannot be reached, {@code
     *     UNAUTHENTICATED} when it refuses the key
     */
    static MqttLink open(MqttEndpoint endpoint, Setup setup) {
        try {
            MqttAsyncClient client =
                    new MqttAsyncClient(
                            endpoint.url().toString(), setup.clientId(), new MemoryPersistence());
            MqttLink link = new MqttLink(client, setup);
            client.setCallback(link.new Arrivals(setup.onMessage()));
            try {
                link.connect(options(endpoint, setup));
                return link;
            } catch (MqttException | RuntimeException failure) {
                link.discard();
                throw failure;
            }
        } catch (MqttException failure) {
            throw explain(endpoint, failure);
        } catch (IllegalArgumentException notAnAddress) {
            throw new FacetException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "mqtt.url "
                            + endpoint.url()
                            + " is no broker's address; write tcp://host:1883 or ssl://host:8883",
                    notAnAddress);
        }
    }

    private static MqttConnectionOptions options(MqttEndpoint endpoint, Setup setup) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(false);
        options.setSessionExpiryInterval(SESSION.toSeconds());
        options.setAutomaticReconnect(false);
        options.setConnectionTimeout(10);
        options.setKeepAliveInterval(20);
        options.setReceiveMaximum(64);
        if (!endpoint.password().isEmpty()) {
            options.setUserName(endpoint.user());
            options.setPassword(endpoint.password().reveal().getBytes(StandardCharsets.UTF_8));
        }
        options.setWill(setup.will().topic(), message(setup.will()));
        MqttProperties will = new MqttProperties();
        will.setWillDelayInterval(WILL_DELAY_SECONDS);
        options.setWillMessageProperties(will);
        // Names are checked against the certificate: that is Paho's default with a factory too.
        endpoint.trust().ifPresent(trust -> options.setSocketFactory(trust.getSocketFactory()));
        return options;
    }

    private void connect(MqttConnectionOptions options) throws MqttException {
        IMqttToken connected = client.connect(options);
        connected.waitForCompletion(WAIT_MS);
        MqttProperties granted = connected.getResponseProperties();
        Integer receiveMaximum = granted == null ? null : granted.getReceiveMaximum();
        room =
                new Semaphore(
                        receiveMaximum == null
                                ? MOST_IN_FLIGHT
                                : Math.clamp(receiveMaximum, 1, MOST_IN_FLIGHT));
        up = true;
        subscribe(subscriptions.keySet()).waitForCompletion(WAIT_MS);
    }

    private IMqttToken subscribe(Set<String> wanted) throws MqttException {
        String[] topics = wanted.toArray(String[]::new);
        int[] levels =
                Arrays.stream(topics)
                        .mapToInt(topic -> Objects.requireNonNull(subscriptions.get(topic)).level())
                        .toArray();
        return client.subscribe(topics, levels);
    }

    @Override
    public void subscribeAgain(Set<String> topics) {
        try {
            subscribe(topics);
        } catch (MqttException failure) {
            LOG.debug("subscribing again failed", failure);
        }
    }

    @Override
    public boolean up() {
        return up && client.isConnected();
    }

    @Override
    public boolean publish(Outgoing message) throws InterruptedException {
        return send(message, false);
    }

    @Override
    public boolean publishAndWait(Outgoing message) throws InterruptedException {
        return send(message, true);
    }

    private boolean send(Outgoing message, boolean wait) throws InterruptedException {
        Semaphore permits = room;
        while (!permits.tryAcquire(250, TimeUnit.MILLISECONDS)) {
            if (!up()) {
                return false;
            }
        }
        IMqttToken token;
        try {
            token = client.publish(message.topic(), message(message), null, new Release(permits));
        } catch (MqttException failure) {
            permits.release();
            LOG.debug("publishing {} failed", message.topic(), failure);
            return false;
        }
        return !wait || completed(token);
    }

    private static boolean completed(IMqttToken token) {
        try {
            token.waitForCompletion(WAIT_MS);
            return true;
        } catch (MqttException failure) {
            LOG.debug("the broker did not take a message", failure);
            return false;
        }
    }

    private static MqttMessage message(Outgoing outgoing) {
        MqttMessage message = new MqttMessage(outgoing.payload());
        message.setQos(outgoing.quality().level());
        message.setRetained(outgoing.retained());
        return message;
    }

    private void goDown() {
        if (up) {
            up = false;
            onDown.run();
        }
    }

    @Override
    public void close() {
        up = false;
        try {
            if (client.isConnected()) {
                client.disconnect(1_000).waitForCompletion(3_000);
            }
        } catch (MqttException gone) {
            LOG.debug("the broker is gone already", gone);
        }
        discard();
    }

    private void discard() {
        try {
            if (client.isConnected()) {
                client.disconnectForcibly(0, 500, false);
            }
            client.close(true);
        } catch (MqttException gone) {
            LOG.debug("the client is closed already", gone);
        }
    }

    private static FacetException explain(MqttEndpoint endpoint, MqttException failure) {
        // Paho carries MQTT 5 reason codes: 0x86 bad user name or password, 0x87 not authorised.
        int reason = failure.getReasonCode();
        if (reason == 0x86 || reason == 0x87 || reason == 4 || reason == 5) {
            return new FacetException(
                    ErrorCode.UNAUTHENTICATED,
                    "the broker at "
                            + endpoint.url()
                            + " refuses this box's key; register the box at the hub again and"
                            + " store the new key",
                    failure);
        }
        return new FacetException(
                ErrorCode.UNAVAILABLE,
                "no broker answers at " + endpoint.url() + " (" + failure.getMessage() + ")",
                failure);
    }

    /** Gives the permit back when the broker has the message, or never will. */
    private record Release(Semaphore permits) implements MqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            permits.release();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable failure) {
            permits.release();
        }
    }

    private final class Arrivals implements MqttCallback {
        private final BiConsumer<String, byte[]> onMessage;

        Arrivals(BiConsumer<String, byte[]> onMessage) {
            this.onMessage = onMessage;
        }

        @Override
        public void disconnected(@Nullable MqttDisconnectResponse response) {
            goDown();
        }

        @Override
        public void mqttErrorOccurred(MqttException failure) {
            LOG.debug("broker connection", failure);
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            try {
                onMessage.accept(topic, message.getPayload());
            } catch (RuntimeException defect) {
                // Thrown on, it would end the connection, and the message would come again.
                LOG.error("a message on {} could not be handled", topic, defect);
            }
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
            // the action listener of each publish does this
        }

        @Override
        public void connectComplete(boolean reconnect, String server) {
            // connect() itself waits
        }

        @Override
        public void authPacketArrived(int reason, MqttProperties properties) {
            // no enhanced authentication
        }
    }
}
