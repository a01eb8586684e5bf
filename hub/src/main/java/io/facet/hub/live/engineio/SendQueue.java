package io.facet.hub.live.engineio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Packets waiting for one viewer, bounded in number and bytes. Not thread-safe. */
final class SendQueue {
    private final Deque<EnginePacket> packets = new ArrayDeque<>();
    private final int maxPackets;
    private final long maxBytes;
    private long bytes;

    SendQueue(int maxPackets, long maxBytes) {
        this.maxPackets = maxPackets;
        this.maxBytes = maxBytes;
    }

    /** Takes all of them or, when they do not fit, none. An empty queue takes anything. */
    boolean offer(List<EnginePacket> added) {
        long weight = added.stream().mapToLong(EnginePacket::weight).sum();
        boolean fits = packets.size() + added.size() <= maxPackets && bytes + weight <= maxBytes;
        if (!fits && !packets.isEmpty()) {
            return false;
        }
        force(added);
        return true;
    }

    /** Takes them whatever the limits say: for a session's few last words. */
    void force(List<EnginePacket> added) {
        packets.addAll(added);
        bytes += added.stream().mapToLong(EnginePacket::weight).sum();
    }

    int size() {
        return packets.size();
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    void clear() {
        packets.clear();
        bytes = 0;
    }

    /** Takes packets out until {@code most} bytes; at least one when there is one. */
    List<EnginePacket> drain(long most) {
        List<EnginePacket> taken = new ArrayList<>();
        long weight = 0;
        for (EnginePacket next = packets.peek(); next != null; next = packets.peek()) {
            weight += next.weight();
            if (!taken.isEmpty() && weight > most) {
                break;
            }
            taken.add(packets.remove());
            bytes -= next.weight();
        }
        return taken;
    }
}
