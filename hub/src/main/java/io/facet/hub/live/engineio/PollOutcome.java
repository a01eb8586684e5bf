package io.facet.hub.live.engineio;

import java.util.List;

/** What a poll is answered. */
public sealed interface PollOutcome {
    /** One or more packets. */
    record Packets(List<EnginePacket> packets) implements PollOutcome {
        public Packets {
            packets = List.copyOf(packets);
        }
    }

    /** Another poll of the session was waiting; the session is closed. */
    record Overlap() implements PollOutcome {}

    /** The session is closed, or speaks over its WebSocket now. */
    record Gone() implements PollOutcome {}
}
