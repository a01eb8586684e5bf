package io.facet.edge.camera;

import io.facet.edge.outbox.EventSink;
import io.facet.edge.outbox.Moment;
import io.facet.model.AgentId;
import io.facet.model.EventId;
import io.facet.model.FaceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Keeps events in memory. Thread-safe. */
public final class RecordingSink implements EventSink {
    private final List<FaceEvent> events = new ArrayList<>();

    @Override
    public synchronized boolean record(Moment moment, Function<FaceEvent.Header, FaceEvent> make) {
        long sequence = events.size() + 1L;
        events.add(
                make.apply(
                        new FaceEvent.Header(
                                new EventId(new UUID(9, sequence)),
                                new AgentId("agent-1"),
                                moment.site(),
                                moment.camera(),
                                moment.capturedAt(),
                                new UUID(9, 0),
                                sequence,
                                moment.monotonic(),
                                null,
                                moment.simulated())));
        return true;
    }

    /** Everything so far. */
    public synchronized List<FaceEvent> all() {
        return List.copyOf(events);
    }

    /** The events of one kind so far. */
    public <T extends FaceEvent> List<T> of(Class<T> kind) {
        return all().stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
