package io.facet.hub.live.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.facet.hub.live.engineio.CloseReason;
import io.facet.hub.live.engineio.SendOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client in one namespace. Thread-safe. */
public final class Socket {
    private static final Logger LOG = LoggerFactory.getLogger(Socket.class);

    private final String id;
    private final Namespace namespace;
    private final Connection connection;
    private final Map<String, EventListener> listeners = new ConcurrentHashMap<>();
    private final Questions questions;
    private final Set<String> rooms = ConcurrentHashMap.newKeySet();
    private final List<Consumer<CloseReason>> onDisconnect = new CopyOnWriteArrayList<>();
    private final AtomicBoolean gone = new AtomicBoolean();

    Socket(String id, Namespace namespace, Connection connection) {
        this.id = id;
        this.namespace = namespace;
        this.connection = connection;
        questions = new Questions(connection.timer());
    }

    /** Told to the client; no secret. */
    public String id() {
        return id;
    }

    public Namespace namespace() {
        return namespace;
    }

    /** Listens to events of a name; one listener a name. Events nobody listens to are ignored. */
    public void on(String event, EventListener listener) {
        listeners.put(event, listener);
    }

    /** Calls back once when the client has left the namespace. */
    public void onDisconnect(Consumer<CloseReason> listener) {
        onDisconnect.add(listener);
    }

    /** Sends an event. A viewer whose queue is full is disconnected, with the reason. */
    public SendOutcome emit(String event, JsonNode... arguments) {
        return send(Outgoing.event(namespace.name(), event, arguments));
    }

    /** Sends an event that was encoded before. */
    public SendOutcome send(Outgoing event) {
        return gone.get() ? SendOutcome.CLOSED : connection.send(event);
    }

    /** Sends an event when nothing else waits for this viewer, and drops it otherwise. */
    public SendOutcome sendVolatile(Outgoing event) {
        return gone.get() ? SendOutcome.CLOSED : connection.sendVolatile(event);
    }

    /**
     * Sends an event and asks for its acknowledgement. The asker is told once what became of it: on
     * the thread of the client's packets, of the timer, or of whatever ended the connection.
     *
     * @param patience how long an answer may take
     * @return {@code FULL} when a hundred questions are open at this client; it is not sent then
     */
    public SendOutcome emitWithAck(
            String event, Duration patience, Consumer<Answer> asker, JsonNode... arguments) {
        OptionalLong id = questions.ask(patience, asker);
        if (id.isEmpty()) {
            return SendOutcome.FULL;
        }
        SendOutcome outcome = send(Outgoing.event(namespace.name(), id, event, arguments));
        if (outcome != SendOutcome.QUEUED) {
            questions.gone(id.getAsLong());
        }
        return outcome;
    }

    /** Enters a room; a client that has left enters none. */
    public void join(String room) {
        rooms.add(room);
        namespace.join(room, this);
        if (gone.get()) {
            leave(room);
        }
    }

    public void leave(String room) {
        rooms.remove(room);
        namespace.leave(room, this);
    }

    /** Where it is now. */
    public Set<String> rooms() {
        return Set.copyOf(rooms);
    }

    /** Puts the client out of the namespace; its connection stays for others. */
    public void disconnect() {
        send(
                Outgoing.of(
                        new SocketPacket(
                                SocketPacketType.DISCONNECT,
                                namespace.name(),
                                OptionalLong.empty(),
                                MissingNode.getInstance())));
        connection.left(this, CloseReason.SERVER_CLOSE);
    }

    // ---- called by the connection -----------------------------------------------------------

    void received(SocketPacket packet) {
        List<JsonNode> values = StreamSupport.stream(packet.data().spliterator(), false).toList();
        if (packet.type() == SocketPacketType.ACK) {
            packet.id().ifPresent(id -> questions.answered(id, values));
            return;
        }
        EventListener listener = listeners.get(values.getFirst().asText());
        if (listener != null) {
            call(listener, values.subList(1, values.size()), new Reply(packet.id()));
        }
    }

    @SuppressWarnings("CatchingUnchecked") // a faulty listener must not end the connection
    private static void call(EventListener listener, List<JsonNode> arguments, Reply answer) {
        try {
            listener.handle(arguments, answer);
        } catch (RuntimeException fault) {
            LOG.warn("a listener failed", fault);
        }
    }

    void left(CloseReason reason) {
        if (gone.compareAndSet(false, true)) {
            namespace.remove(this);
            rooms().forEach(this::leave);
            questions.gone();
            onDisconnect.forEach(listener -> listener.accept(reason));
        }
    }

    private final class Reply implements Acknowledgement {
        private final OptionalLong ack;
        private final AtomicBoolean sent = new AtomicBoolean();

        Reply(OptionalLong ack) {
            this.ack = ack;
        }

        @Override
        public boolean wanted() {
            return ack.isPresent();
        }

        @Override
        public void send(JsonNode... values) {
            if (ack.isPresent() && sent.compareAndSet(false, true)) {
                ArrayNode data = JsonNodeFactory.instance.arrayNode();
                data.addAll(List.of(values));
                Socket.this.send(
                        Outgoing.of(
                                new SocketPacket(
                                        SocketPacketType.ACK, namespace.name(), ack, data)));
            }
        }
    }
}
