package io.facet.hub.metrics;

import io.facet.hub.alerts.Alert;
import io.facet.hub.events.EventObserver;
import io.facet.hub.ingest.IngestObserver;
import io.facet.hub.monitor.LiveObserver;
import io.facet.hub.monitor.MetricsText;
import io.facet.hub.monitor.PoolState;
import io.facet.hub.monitor.Probes;
import io.facet.hub.monitor.RequestObserver;
import io.facet.hub.monitor.Sample;
import io.facet.hub.software.Rollout;
import io.facet.vision.pipeline.StageObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Everything the hub measures, for Prometheus to read. Thread-safe. */
public final class HubMetrics implements MetricsText, AutoCloseable {
    private static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final RequestMeters requests = new RequestMeters(registry);
    private final VisionMeters stages = new VisionMeters(registry);
    private final EventMeters events;
    private final StateMeters state;
    private final Counter tokensReused;

    /** What is read when Prometheus asks; all of it must answer at once. */
    public record Sources(
            Supplier<Sample> sample,
            Supplier<PoolState> pool,
            LongSupplier indexFaces,
            LongSupplier indexRevision,
            Supplier<Map<String, Instant>> certificates,
            Supplier<List<Alert>> alerts,
            Supplier<List<Rollout>> rollouts,
            Probes probes,
            String version,
            InstantSource clock) {}

    public HubMetrics(Sources sources) {
        events = new EventMeters(registry, sources.clock());
        state = new StateMeters(registry, sources);
        tokensReused =
                Counter.builder("facet.join.tokens.reused")
                        .description("join tokens that came although they were used")
                        .register(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** To be told of every call. */
    public RequestObserver requests() {
        return requests;
    }

    /** To be told of every run of a vision stage. */
    public StageObserver stages() {
        return stages;
    }

    /** To be told of every batch of events. */
    public EventObserver events() {
        return events;
    }

    /** To be told of every event that is refused. */
    public IngestObserver ingest() {
        return events;
    }

    /** To be told of every live event. */
    public LiveObserver live() {
        return events;
    }

    /** To be told of every attempt at a delivery: {@code delivered, retried, dead}. */
    public void delivery(String outcome) {
        count("facet.webhook.deliveries", "attempts to deliver an event to a webhook", outcome);
    }

    /** To be told of every attempt at a mail: {@code delivered, retried, dead}. */
    public void mail(String outcome) {
        count("facet.mails", "attempts to send a mail", outcome);
    }

    /** A join token came that was used already. */
    public void joinTokenReused() {
        tokensReused.increment();
    }

    private void count(String name, String description, String outcome) {
        Counter.builder(name)
                .description(description)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    @Override
    public String text() {
        state.refresh();
        return registry.scrape(MEDIA_TYPE);
    }

    @Override
    public String mediaType() {
        return MEDIA_TYPE;
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
