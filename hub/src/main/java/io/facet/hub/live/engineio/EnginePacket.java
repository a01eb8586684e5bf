package io.facet.hub.live.engineio;

import java.util.Arrays;

/** One packet of Engine.IO. */
public sealed interface EnginePacket {
    EnginePacket CLOSE = new Text(PacketType.CLOSE, "");
    EnginePacket PING = new Text(PacketType.PING, "");
    EnginePacket NOOP = new Text(PacketType.NOOP, "");

    /** What it weighs in a send queue, in bytes or UTF-16 units. */
    int weight();

    /** A packet of any type with text. */
    record Text(PacketType type, String data) implements EnginePacket {
        @Override
        public int weight() {
            return data.length() + 1;
        }
    }

    /** A message of bytes. Holds the array it is given; nobody writes to it. */
    final class Binary implements EnginePacket {
        private final byte[] data;

        public Binary(byte[] data) {
            this.data = data;
        }

        /** The bytes themselves, not a copy. */
        public byte[] data() {
            return data;
        }

        @Override
        public int weight() {
            return data.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Binary binary && Arrays.equals(data, binary.data);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(data);
        }

        @Override
        public String toString() {
            return "Binary[" + data.length + " bytes]";
        }
    }

    /** A message of text. */
    static EnginePacket message(String text) {
        return new Text(PacketType.MESSAGE, text);
    }
}
