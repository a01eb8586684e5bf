package io.facet.hub.live.socketio;

import java.util.Optional;

/** The packet types of Socket.IO 5; those with bytes in the data have their own digit. */
public enum SocketPacketType {
    CONNECT('0', '0'),
    DISCONNECT('1', '1'),
    EVENT('2', '5'),
    ACK('3', '6'),
    CONNECT_ERROR('4', '4');

    private final char code;
    private final char binaryCode;

    SocketPacketType(char code, char binaryCode) {
        this.code = code;
        this.binaryCode = binaryCode;
    }

    /** The digit of a packet with or without bytes. */
    char code(boolean binary) {
        return binary ? binaryCode : code;
    }

    static Optional<SocketPacketType> of(char code) {
        for (SocketPacketType type : values()) {
            if (type.code == code || type.binaryCode == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    static boolean isBinary(char code) {
        return code == EVENT.binaryCode || code == ACK.binaryCode;
    }
}
