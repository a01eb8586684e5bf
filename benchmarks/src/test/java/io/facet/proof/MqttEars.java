package io.facet.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * Picks what is published out of the bytes of one MQTT 5 connection, client to broker. One
 * thread's.
 */
final class MqttEars {
    private static final int PUBLISH = 3;
    private static final int INCOMPLETE = -1;

    private final BiConsumer<String, byte[]> published;
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
        body.position(body.position() + properties);
        byte[] payload = new byte[body.remaining()];
        body.get(payload);
        published.accept(new String(topic, UTF_8), payload);
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
