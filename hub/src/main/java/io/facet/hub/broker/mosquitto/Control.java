package io.facet.hub.broker.mosquitto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.mqtt.BrokerEndpoint;
import io.facet.hub.mqtt.MqttLink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The plugin at the other end of a connection: commands there, answers back. Used by one thread.
 */
final class Control implements AutoCloseable {
    private static final String COMMANDS = "$CONTROL/dynamic-security/v1";
    private static final String ANSWERS = COMMANDS + "/response";
    private static final long PATIENCE_MS = 10_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
    private final Runnable connected;
    private final MqttLink link;
    private volatile boolean listening;
    private long asked;

    /**
     * Connects in the background, and again.
     *
     * @param connected told of every connection
     */
    Control(BrokerEndpoint broker, String clientId, Runnable connected) {
        this.connected = connected;
        this.link =
                MqttLink.open(
                        new MqttLink.Settings(
                                broker, clientId, List.of(new MqttLink.Subscription(ANSWERS, 1))),
                        new Inbox());
    }

    /** Whether commands are likely to be answered. */
    boolean isConnected() {
        return listening && link.isConnected();
    }

    /**
     * Gives commands in one message.
     *
     * @return the answer to each, in order
     * @throws IOException when no answer comes
     */
    List<JsonNode> call(List<ObjectNode> commands) throws IOException, InterruptedException {
        String mark = Long.toString(++asked);
        ObjectNode request = JSON.createObjectNode();
        commands.forEach(command ->
                request.withArray("commands").add(command.deepCopy().put("correlationData", mark)));
        if (!link.publish(COMMANDS, JSON.writeValueAsBytes(request), 1, false)) {
            throw new IOException("the broker is away");
        }
        List<JsonNode> answered = new ArrayList<>();
        while (answered.size() < commands.size()) {
            byte[] answer = answers.poll(PATIENCE_MS, TimeUnit.MILLISECONDS);
            if (answer == null) {
                throw new IOException("its dynamic security plugin gives no answer");
            }
            for (JsonNode one : JSON.readTree(answer).path("responses")) {
                if (one.path("correlationData").asText().equals(mark)) {
                    answered.add(one);
                }
            }
        }
        return answered;
    }

    /** Why a command was refused; empty when it was not. */
    static String error(JsonNode answer) {
        return answer.path("error").asText("");
    }

    @Override
    public void close() {
        link.close();
    }

    private final class Inbox implements MqttLink.Receiver {
        @Override
        public void message(MqttLink.Message message, Runnable done) {
            answers.add(message.payload());
            done.run();
        }

        @Override
        public void connected() {
            listening = true;
            connected.run();
        }

        @Override
        public void disconnected() {
            listening = false;
        }
    }
}
