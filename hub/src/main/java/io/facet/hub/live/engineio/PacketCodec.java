package io.facet.hub.live.engineio;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The text forms of Engine.IO 4: a packet is its type's digit and its data, or {@code b} and Base64
 * for bytes; a polling payload is packets with U+001E between them.
 */
public final class PacketCodec {
    /** Between the packets of a payload. */
    public static final char SEPARATOR = '\u001e';

    private PacketCodec() {}

    /** A packet as text; bytes become Base64. */
    public static String encode(EnginePacket packet) {
        return switch (packet) {
            case EnginePacket.Text text -> text.type().code() + text.data();
            case EnginePacket.Binary binary ->
                    "b" + Base64.getEncoder().encodeToString(binary.data());
        };
    }

    /**
     * Reads one text packet.
     *
     * @throws FacetException {@code INVALID_ARGUMENT} when it is none
     */
    public static EnginePacket decode(String text) {
        if (text.isEmpty()) {
            throw malformed("an empty packet");
        }
        char first = text.charAt(0);
        if (first == 'b') {
            return new EnginePacket.Binary(bytes(text.substring(1)));
        }
        PacketType type =
                PacketType.of(first).orElseThrow(() -> malformed("an unknown packet type"));
        return new EnginePacket.Text(type, text.substring(1));
    }

    /** A polling payload of one or more packets. */
    public static String encodePayload(List<EnginePacket> packets) {
        StringBuilder payload = new StringBuilder();
        for (EnginePacket packet : packets) {
            if (!payload.isEmpty()) {
                payload.append(SEPARATOR);
            }
            payload.append(encode(packet));
        }
        return payload.toString();
    }

    /**
     * Reads a polling payload.
     *
     * @throws FacetException {@code INVALID_ARGUMENT} when any packet of it is malformed
     */
    public static List<EnginePacket> decodePayload(String payload) {
        List<EnginePacket> packets = new ArrayList<>();
        int start = 0;
        for (int end = payload.indexOf(SEPARATOR); end >= 0; ) {
            packets.add(decode(payload.substring(start, end)));
            start = end + 1;
            end = payload.indexOf(SEPARATOR, start);
        }
        packets.add(decode(payload.substring(start)));
        return packets;
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Engine.IO: a binary packet that is not Base64",
                    notBase64);
        }
    }

    private static FacetException malformed(String what) {
        return new FacetException(ErrorCode.INVALID_ARGUMENT, "Engine.IO: " + what);
    }
}
