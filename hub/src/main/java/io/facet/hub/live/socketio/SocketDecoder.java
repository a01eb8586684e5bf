package io.facet.hub.live.socketio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Engine.IO messages to Socket.IO packets. A packet with attachments is held until the last of them
 * came. Errors are {@link FacetException} with {@code INVALID_ARGUMENT}. One per connection; not
 * thread-safe.
 */
public final class SocketDecoder {
    /** Most attachments of one packet. */
    static final int MAX_ATTACHMENTS = 10;

    /** Deepest JSON taken. */
    static final int MAX_DEPTH = 64;

    private static final int MAX_NAMESPACE = 200;

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final long maxBytes;
    private @Nullable SocketPacket waiting;
    private int missing;
    private long heldBytes;
    private final List<byte[]> attachments = new ArrayList<>();

    /**
     * A decoder for one connection.
     *
     * @param maxBytes most bytes of attachments held for one packet
     */
    public SocketDecoder(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes a text message; the packet, unless attachments are to come. */
    public Optional<SocketPacket> text(String message) {
        check(waiting == null, "text where an attachment was to come");
        Cursor in = new Cursor(message);
        char code = in.next();
        SocketPacketType type =
                SocketPacketType.of(code).orElseThrow(() -> malformed("a packet of no known type"));
        int count = SocketPacketType.isBinary(code) ? in.attachmentCount() : 0;
        String namespace = in.namespace();
        OptionalLong id = in.id();
        JsonNode data = in.json();
        checkShape(type, data);
        SocketPacket packet = new SocketPacket(type, namespace, id, data);
        if (count == 0) {
            return Optional.of(packet);
        }
        waiting = packet;
        missing = count;
        return Optional.empty();
    }

    /** Takes an attachment; the packet, when it was the last. */
    public Optional<SocketPacket> binary(byte[] attachment) {
        SocketPacket packet = waiting;
        if (packet == null) {
            throw malformed("an attachment of no packet");
        }
        heldBytes += attachment.length;
        check(heldBytes <= maxBytes, "attachments of more than " + maxBytes + " bytes");
        attachments.add(attachment);
        if (attachments.size() < missing) {
            return Optional.empty();
        }
        JsonNode data = Placeholders.fill(packet.data(), attachments);
        waiting = null;
        heldBytes = 0;
        attachments.clear();
        return Optional.of(new SocketPacket(packet.type(), packet.namespace(), packet.id(), data));
    }

    private static void checkShape(SocketPacketType type, JsonNode data) {
        boolean right =
                switch (type) {
                    case CONNECT -> data.isMissingNode() || data.isObject();
                    case DISCONNECT -> data.isMissingNode();
                    case EVENT ->
                            data.isArray()
                                    && !data.isEmpty()
                                    && (data.get(0).isTextual() || data.get(0).isNumber());
                    case ACK -> data.isArray();
                    case CONNECT_ERROR -> data.isObject() || data.isTextual();
                };
        check(right, "data that does not fit the packet's type");
    }

    private static void check(boolean right, String what) {
        if (!right) {
            throw malformed(what);
        }
    }

    static FacetException malformed(String what) {
        return new FacetException(ErrorCode.INVALID_ARGUMENT, "Socket.IO: " + what);
    }

    /** A place in a message. */
    private static final class Cursor {
        private final String text;
        private int at;

        Cursor(String text) {
            this.text = text;
        }

        char next() {
            check(at < text.length(), "an empty packet");
            return text.charAt(at++);
        }

        int attachmentCount() {
            String digits = digits();
            check(at < text.length() && text.charAt(at) == '-', "a binary packet without count");
            at++;
            check(!digits.isEmpty() && digits.length() <= 2, "a wrong number of attachments");
            int count = Integer.parseInt(digits);
            check(count <= MAX_ATTACHMENTS, "more than " + MAX_ATTACHMENTS + " attachments");
            return count;
        }

        String namespace() {
            if (at >= text.length() || text.charAt(at) != '/') {
                return SocketPacket.MAIN;
            }
            int comma = text.indexOf(',', at);
            int end = comma < 0 ? text.length() : comma;
            String name = text.substring(at, end);
            check(name.length() <= MAX_NAMESPACE, "a namespace of too many characters");
            at = comma < 0 ? end : end + 1;
            // What follows a question mark is a query, which no handler here reads.
            int query = name.indexOf('?');
            return query < 0 ? name : name.substring(0, query);
        }

        OptionalLong id() {
            String digits = digits();
            check(digits.length() <= 15, "an acknowledgement id of too many digits");
            return digits.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(digits));
        }

        JsonNode json() {
            if (at >= text.length()) {
                return MissingNode.getInstance();
            }
            try {
                JsonNode data = JSON.readTree(text.substring(at));
                check(isFinite(data), "a number beyond a double");
                return data;
            } catch (JsonProcessingException notJson) {
                throw new FacetException(
                        ErrorCode.INVALID_ARGUMENT, "Socket.IO: data that is not JSON", notJson);
            }
        }

        /** One like 1e999 would reach other clients as text. */
        private static boolean isFinite(JsonNode node) {
            return node.isContainerNode()
                    ? node.valueStream().allMatch(Cursor::isFinite)
                    : !node.isDouble() || Double.isFinite(node.doubleValue());
        }

        private String digits() {
            int start = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            return text.substring(start, at);
        }
    }
}
