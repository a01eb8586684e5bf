package io.facet.bench;

import io.facet.edge.outbox.EventSink;
import io.facet.edge.outbox.Moment;
import io.facet.model.AgentId;
import io.facet.model.EventId;
import io.facet.model.FaceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Takes recognitions and notes how long after their capture they come. Thread-safe. */
final class Latencies implements EventSink {
    private static final UUID BOOT = new UUID(0x7000L, Long.MIN_VALUE);

    private final List<Long> nanos = new ArrayList<>();

    @Override
    public synchronized boolean record(Moment moment, Function<FaceEvent.Header, FaceEvent> make) {
        FaceEvent event = make.apply(header(moment, nanos.size() + 1L));
        if (event instanceof FaceEvent.Recognised) {
            add(System.nanoTime() - moment.monotonic().toNanos());
        }
        return true;
    }

    synchronized void add(long latency) {
        nanos.add(latency);
    }

    private static FaceEvent.Header header(Moment moment, long sequence) {
        return new FaceEvent.Header(
                new EventId(new UUID(0x7000L, Long.MIN_VALUE | sequence)),
                new AgentId("bench"),
                moment.site(),
                moment.camera(),
                moment.capturedAt(),
                BOOT,
                sequence,
                moment.monotonic(),
                null,
                false);
    }

    /** Takes those of another, which is no longer written to. */
    synchronized void addAll(Latencies others) {
        nanos.addAll(others.nanos);
    }

    synchronized int count() {
        return nanos.size();
    }

    /** The smallest latency that this share of all is at or below; 0 without any. */
    synchronized double percentileMs(double percent) {
        if (nanos.isEmpty()) {
            return 0;
        }
        List<Long> sorted = nanos.stream().sorted().toList();
        int rank = (int) Math.ceil(percent / 100 * sorted.size());
        return sorted.get(Math.max(0, rank - 1)) / 1e6;
    }
}
