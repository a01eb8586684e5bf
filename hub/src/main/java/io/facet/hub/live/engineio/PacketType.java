package io.facet.hub.live.engineio;

import java.util.Optional;

/** The packet types of Engine.IO 4; the first character of a text packet. */
public enum PacketType {
    OPEN('0'),
    CLOSE('1'),
    PING('2'),
    PONG('3'),
    MESSAGE('4'),
    UPGRADE('5'),
    NOOP('6');

    private final char code;

    PacketType(char code) {
        this.code = code;
    }

    /** The digit on the wire. */
    public char code() {
        return code;
    }

    /** The type behind a digit; empty for any other character. */
    public static Optional<PacketType> of(char code) {
        int index = code - '0';
        return index >= 0 && index < values().length
                ? Optional.of(values()[index])
                : Optional.empty();
    }
}
