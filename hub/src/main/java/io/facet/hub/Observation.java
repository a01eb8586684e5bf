package io.facet.hub;

import io.facet.hub.alerts.Alert;
import io.facet.hub.alerts.Alerts;
import io.facet.hub.alerts.HubSignals;
import io.facet.hub.events.EventObserver;
import io.facet.hub.events.HubFeed;
import io.facet.hub.events.LiveFeed;
import io.facet.hub.ingest.EdgeConversation;
import io.facet.hub.metrics.HubMetrics;
import io.facet.hub.monitor.LiveObserver;
import io.facet.hub.monitor.Probes;
import io.facet.hub.monitor.QueueState;
import io.facet.hub.monitor.RequestObserver;
import io.facet.hub.monitor.Sample;
import io.facet.hub.monitor.Sampler;
import io.facet.hub.people.GalleryListener;
import io.facet.hub.search.MasterIndex;
import io.facet.hub.software.Rollout;
import io.facet.hub.software.Rollouts;
import io.facet.hub.store.postgres.Database;
import io.facet.lifecycle.Lifecycle;
import io.facet.vision.pipeline.StageObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What watches the hub's parts. Made before them, because they tell it; given what it reads of them
 * as they come. Thread-safe.
 */
final class Observation {
    private final Lifecycle parts;
    private final InstantSource clock;
    private final Probes probes = new Probes();
    private final AtomicLong indexRevision = new AtomicLong();
    private final AtomicReference<LongSupplier> indexFaces = new AtomicReference<>(() -> 0);
    private final AtomicReference<Optional<Sampler>> sampler =
            new AtomicReference<>(Optional.empty());
    private final AtomicReference<Supplier<List<Alert>>> alerts = new AtomicReference<>(List::of);
    private final AtomicReference<Supplier<Map<String, Instant>>> certificates =
            new AtomicReference<>(Map::of);
    private final AtomicReference<Supplier<List<Rollout>>> rollouts =
            new AtomicReference<>(List::of);
    private final HubMetrics metrics;
    private final HubSignals signals;

    Observation(
            Database database,
            String version,
            Duration window,
            InstantSource clock,
            Lifecycle parts) {
        this.parts = parts;
        this.clock = clock;
        metrics =
                parts.start(
                        "metrics",
                        () ->
                                new HubMetrics(
                                        new HubMetrics.Sources(
                                                this::sample,
                                                database::pool,
                                                () -> indexFaces.get().getAsLong(),
                                                indexRevision::get,
                                                () -> certificates.get().get(),
                                                () -> alerts.get().get(),
                                                () -> rollouts.get().get(),
                                                probes,
                                                version,
                                                clock)));
        signals =
                new HubSignals(
                        this::sample,
                        () -> certificates.get().get(),
                        () -> rollouts.get().get(),
                        window,
                        clock);
    }

    HubMetrics metrics() {
        return metrics;
    }

    HubSignals signals() {
        return signals;
    }

    RequestObserver requests() {
        return RequestObserver.all(List.of(metrics.requests(), signals));
    }

    LiveObserver live() {
        return LiveObserver.all(List.of(metrics.live(), signals));
    }

    EventObserver events() {
        return EventObserver.all(List.of(metrics.events(), signals));
    }

    StageObserver stages() {
        StageObserver measured = metrics.stages();
        return new StageObserver() {
            @Override
            public void ran(Stage stage, int items, Duration took) {
                measured.ran(stage, items, took);
            }

            @Override
            public void attackSeen() {
                measured.attackSeen();
                signals.attackSeen();
            }
        };
    }

    /** A join token came that was used already. */
    void joinTokenReused() {
        metrics.joinTokenReused();
        signals.joinTokenReused();
    }

    Probes probes() {
        return probes;
    }

    void read(LiveFeed feed) {
        probes.queue(
                "live_feed", () -> new QueueState(feed.depth(), HubFeed.BACKLOG, feed.dropped()));
    }

    void read(Alerts kept) {
        alerts.set(kept::present);
    }

    void read(Rollouts kept) {
        rollouts.set(kept::last);
    }

    /** Reads when the listeners' certificates end, by listener. */
    void readCertificates(Supplier<Map<String, Instant>> ends) {
        certificates.set(ends);
    }

    void read(EdgeConversation edge) {
        probes.queue("event_inbox", edge::inbox);
    }

    /**
     * Reads the index.
     *
     * @param revision of the gallery when the index was built from it
     */
    void read(MasterIndex index, long revision) {
        indexFaces.set(index::size);
        indexRevision.set(revision);
    }

    /** Notes revisions, which are told once they are in the index, and passes them on. */
    GalleryListener noting(GalleryListener next) {
        return revision -> {
            indexRevision.accumulateAndGet(revision, Math::max);
            next.changed(revision);
        };
    }

    /** Samples from now on. */
    void sample(Sampler.Sources sources) {
        Sampler started = parts.start("sampler", () -> new Sampler(sources));
        sampler.set(Optional.of(started));
        started.start();
    }

    /** The last sample; an empty one until everything has started. */
    Sample sample() {
        return sampler.get().map(Sampler::last).orElseGet(() -> Sample.none(clock.instant()));
    }
}
