package io.facet.hub.metrics;

import io.facet.error.ErrorCode;
import io.facet.hub.events.EventKind;
import io.facet.hub.events.EventObserver;
import io.facet.hub.events.EventStore.Entry;
import io.facet.hub.events.HubEvent;
import io.facet.hub.ingest.IngestObserver;
import io.facet.hub.monitor.LiveObserver;
import io.facet.model.EventId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Events in and out, and how long a name takes. Thread-safe. */
final class EventMeters implements EventObserver, IngestObserver, LiveObserver {
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Map<EventKind, Counter> received = new EnumMap<>(EventKind.class);
    private final Counter duplicates;
    private final DistributionSummary batches;
    private final Timer commits;
    private final Timer timeToName;

    EventMeters(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        for (EventKind kind : EventKind.values()) {
            received.put(
                    kind,
                    Counter.builder("facet.events.received")
                            .description("events of edge agents that were new")
                            .tag("kind", kind.wireName())
                            .register(registry));
        }
        duplicates =
                Counter.builder("facet.events.duplicates")
                        .description("events of edge agents that were stored before")
                        .register(registry);
        batches =
                Buckets.counts("facet.ingest.batch.events", "events stored by one transaction")
                        .register(registry);
        commits =
                Buckets.timer("facet.ingest.commit", "from a batch to its commit", Buckets.WORK)
                        .register(registry);
        timeToName =
                Buckets.timer(
                                "facet.time.to.name",
                                "from a visit's first good frame to the hub's Socket.IO emit",
                                Buckets.TIME_TO_NAME)
                        .register(registry);
    }

    @Override
    public void ingested(List<Entry> entries, Set<EventId> fresh, Duration commit) {
        batches.record(entries.size());
        commits.record(commit);
        duplicates.increment(entries.size() - fresh.size());
        // One id may come twice in a batch and is new once.
        Set<EventId> left = new HashSet<>(fresh);
        for (Entry entry : entries) {
            Counter counter = received.get(EventKind.of(entry.event()));
            if (left.remove(entry.event().header().id()) && counter != null) {
                counter.increment();
            }
        }
    }

    @Override
    public void rejected(ErrorCode why) {
        Counter.builder("facet.events.rejected")
                .description("events of edge agents that the hub will never take")
                .tag("code", why.wireName())
                .register(registry)
                .increment();
    }

    @Override
    public void shown(HubEvent event) {
        // What an administrator dispatches may be called anything.
        String type = event instanceof HubEvent.Custom ? "custom" : event.type();
        Counter.builder("facet.events.shown")
                .description("live events given to viewers")
                .tag("type", type)
                .register(registry)
                .increment();
        if (event instanceof HubEvent.FaceRecognized seen && isLive(seen)) {
            Duration took = Duration.between(seen.timestamp(), clock.instant());
            timeToName.record(took.isNegative() ? Duration.ZERO : took);
        }
    }

    private static boolean isLive(HubEvent.FaceRecognized seen) {
        return !seen.details().origin().simulated() && !seen.details().origin().historical();
    }
}
