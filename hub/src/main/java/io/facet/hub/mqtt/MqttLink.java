package io.facet.hub.mqtt;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub's connection to the broker, made again whenever it breaks.
 *
 * <p>Messages come in on one thread and are acknowledged when the receiver says so; at most {@link
 * #INBOX} are unacknowledged at a time, the rest wait at the broker. Publishing never blocks the
 * thread that reads. What is published while the connection is down is not kept: whoever needs it
 * is told of the next connection. Thread-safe.
 */
public final class MqttLink implements AutoCloseable {
    /** Messages taken in and not yet acknowledged, at most. */
    public static final int INBOX = 64;

    private static final Logger LOG = LoggerFactory.getLogger(MqttLink.class);
    private static final int OUTBOX = 32;
    private static final long SESSION_SECONDS = 86_400;
    private static final long PATIENCE_MS = 10_000;
    private static final long FIRST_WAIT_MS = 200;
    private static final long LONGEST_WAIT_MS = 10_000;

    private final Settings settings;
    private final Receiver receiver;
    private final MqttAsyncClient client;
    private final Semaphore outbox = new Semaphore(OUTBOX);
    private final Thread keeper;
    private volatile boolean closed;
    private boolean lost;

    /** Where, as whom, and what to hear. */
    public record Settings(
            BrokerEndpoint broker, String clientId, List<Subscription> subscriptions) {}

    /** A topic or a pattern of topics, and how surely its messages are wanted. */
    public record Subscription(String topic, int qos) {}

    /**
     * What came.
     *
     * @param kept not said just now, but kept by the broker for whoever subscribes
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    public record Message(String topic, byte[] payload, boolean kept) {}

    /** Who hears. */
    public interface Receiver {
        /**
         * On the reading thread; must hand over at once. Call {@code done} when it is dealt with.
         */
        void message(Message message, Runnable done);

        /** Connected and subscribed; retained messages follow. On a thread that may publish. */
        void connected();

        void disconnected();
    }

    private MqttLink(Settings settings, Receiver receiver) throws MqttException {
        this.settings = settings;
        this.receiver = receiver;
        this.client =
                new MqttAsyncClient(
                        settings.broker().url(), settings.clientId(), new MemoryPersistence());
        this.client.setManualAcks(true);
        this.client.setCallback(new Callback());
        this.keeper = Thread.ofVirtual().name("mqtt-keeper").unstarted(this::keep);
    }

    /**
     * Connects in the background.
     *
     * @throws FacetException {@code INVALID_CONFIGURATION} when the address is none
     */
    public static MqttLink open(Settings settings, Receiver receiver) {
        try {
            MqttLink link = new MqttLink(settings, receiver);
            link.keeper.start();
            return link;
        } catch (MqttException | IllegalArgumentException wrong) {
            throw new FacetException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "mqtt.url is no broker address; use tcp://host:port or ssl://host:port",
                    wrong);
        }
    }

    public boolean isConnected() {
        return client.isConnected();
    }

    /**
     * Publishes; waits while many are under way. False when it was not sent, for want of a
     * connection. Not for the reading thread.
     */
    public boolean publish(String topic, byte[] payload, int qos, boolean retained) {
        try {
            if (!client.isConnected() || !outbox.tryAcquire(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            client.publish(topic, payload, qos, retained, null, new Released());
            return true;
        } catch (MqttException failure) {
            outbox.release();
            LOG.debug("could not publish to {}", topic, failure);
            return false;
        }
    }

    private void keep() {
        long wait = FIRST_WAIT_MS;
        while (!closed) {
            try {
                if (!client.isConnected()) {
                    connect();
                    wait = FIRST_WAIT_MS;
                }
                awaitLoss();
            } catch (MqttException failure) {
                LOG.warn(
                        "no connection to the MQTT broker ({}); next attempt in {} ms",
                        failure.getMessage(),
                        wait);
                pause(wait);
                wait = Math.min(LONGEST_WAIT_MS, wait * 2);
            }
        }
    }

    private void connect() throws MqttException {
        client.connect(options()).waitForCompletion(PATIENCE_MS);
        try {
            client.subscribe(
                            settings.subscriptions().stream()
                                    .map(s -> new MqttSubscription(s.topic(), s.qos()))
                                    .toArray(MqttSubscription[]::new),
                            null,
                            null,
                            new MqttProperties())
                    .waitForCompletion(PATIENCE_MS);
        } catch (MqttException failure) {
            client.disconnectForcibly(0, 1000, true);
            throw failure;
        }
        LOG.info("connected to the MQTT broker");
        receiver.connected();
    }

    private MqttConnectionOptions options() {
        MqttConnectionOptions options = settings.broker().options();
        options.setCleanStart(false);
        options.setSessionExpiryInterval(SESSION_SECONDS);
        options.setReceiveMaximum(INBOX);
        options.setKeepAliveInterval(20);
        return options;
    }

    private synchronized void awaitLoss() {
        try {
            while (!lost && !closed && client.isConnected()) {
                wait(1000);
            }
            lost = false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void pause(long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            for (long left = millis;
                    left > 0 && !closed;
                    left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())) {
                wait(left);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void lose() {
        lost = true;
        notifyAll();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            keeper.join(TimeUnit.SECONDS.toMillis(15));
            if (client.isConnected()) {
                client.disconnect(0).waitForCompletion(PATIENCE_MS);
            }
            client.close();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (MqttException failure) {
            LOG.debug("disconnecting from the MQTT broker failed", failure);
        }
    }

    private void acknowledge(MqttMessage message) {
        try {
            client.messageArrivedComplete(message.getId(), message.getQos());
        } catch (MqttException gone) {
            // The broker delivers it again; storing it again changes nothing.
            LOG.debug("an acknowledgement was lost with the connection", gone);
        }
    }

    /** Gives back the place of a publish that is over. */
    private final class Released implements MqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            outbox.release();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable failure) {
            outbox.release();
        }
    }

    /** What the client tells. */
    private final class Callback implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            receiver.message(
                    new Message(topic, message.getPayload(), message.isRetained()),
                    () -> acknowledge(message));
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            if (!closed) {
                LOG.warn("the MQTT broker is away: {}", response.getReasonString());
            }
            receiver.disconnected();
            lose();
        }

        @Override
        public void connectComplete(boolean reconnect, String url) {}

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void mqttErrorOccurred(MqttException failure) {
            LOG.warn("MQTT: {}", failure.getMessage());
        }

        @Override
        public void authPacketArrived(int reason, MqttProperties properties) {}
    }
}
