package io.facet.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Picks what is published out of the bytes of one MQTT 5 connection, client to broker. One
 * thread's.
 */
final class MqttEars {
    private static final int PUBLISH = 3;
    private static final int INCOMPLETE = -1;
    private static final int NONE = 0;

    private final BiConsumer<String, byte[]> published;
    private final Map<Integer, String> aliases = new HashMap<>();
    private byte[] pending = {};

    /** Told topic and payload of each. */
    MqttEars(BiConsumer<String, byte[]> published) {
        this.published = published;
    }

    /** The next bytes, cut anywhere. */
    void hear(byte[] bytes) {
        int before = pending.length;
        pending = Arrays.copyOf(pending, before + bytes.length);
        System.arraycopy(bytes, 0, pending, before, bytes.length);
        ByteBuffer buffer = ByteBuffer.wrap(pending);
        int taken = 0;
        while (packet(buffer)) {
            taken = buffer.position();
        }
        pending = Arrays.copyOfRange(pending, taken, pending.length);
    }

    private boolean packet(ByteBuffer buffer) {
        if (!buffer.hasRemaining()) {
            return false;
        }
        int head = Byte.toUnsignedInt(buffer.get());
        int length = variable(buffer);
        if (length == INCOMPLETE || buffer.remaining() < length) {
            return false;
        }
        ByteBuffer body = buffer.slice(buffer.position(), length);
        if (head >> 4 == PUBLISH) {
            publish(body, (head >> 1 & 3) > 0);
        }
        buffer.position(buffer.position() + length);
        return true;
    }

    private void publish(ByteBuffer body, boolean numbered) {
        byte[] topic = new byte[Short.toUnsignedInt(body.getShort())];
        body.get(topic);
        if (numbered) {
            body.getShort();
        }
        int properties = variable(body);
        int alias = alias(body.slice(body.position(), properties));
        body.position(body.position() + properties);
        byte[] payload = new byte[body.remaining()];
        body.get(payload);
        String name = new String(topic, UTF_8);
        if (alias != NONE && !name.isEmpty()) {
            aliases.put(alias, name);
        }
        published.accept(name.isEmpty() ? aliases.getOrDefault(alias, "") : name, payload);
    }

    /** The number that stands for the topic from then on (MQTT 5, 3.3.2.3.4). */
    private static int alias(ByteBuffer properties) {
        while (properties.hasRemaining()) {
            switch (properties.get()) {
                case 0x01 -> properties.get();
                case 0x02 -> properties.getInt();
                case 0x03, 0x08, 0x09 -> text(properties);
                case 0x0b -> variable(properties);
                case 0x26 -> {
                    text(properties);
                    text(properties);
                }
                case 0x23 -> {
                    return Short.toUnsignedInt(properties.getShort());
                }
                default -> throw new IllegalArgumentException("no property of a publication");
            }
        }
        return NONE;
    }

    private static void text(ByteBuffer properties) {
        int length = Short.toUnsignedInt(properties.getShort());
        properties.position(properties.position() + length);
    }

    /** A variable byte integer (MQTT 5, 1.5.5). */
    private static int variable(ByteBuffer buffer) {
        int value = 0;
        for (int shift = 0; buffer.hasRemaining(); shift += 7) {
            byte next = buffer.get();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        return INCOMPLETE;
    }
}
