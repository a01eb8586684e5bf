package io.facet.hub.metrics;

import io.facet.hub.alerts.Alert;
import io.facet.hub.alerts.Severity;
import io.facet.hub.cameras.CameraState;
import io.facet.hub.devices.Device;
import io.facet.hub.devices.DeviceReport;
import io.facet.hub.monitor.PoolState;
import io.facet.hub.monitor.QueueState;
import io.facet.hub.monitor.Sample;
import io.facet.hub.software.Rollout;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Gauges over samples and probes. Thread-safe. */
final class StateMeters {
    /** Boxes with series of their own, in order of name; the totals count all of them. */
    static final int MOST_DEVICES = 500;

    private final MeterRegistry registry;
    private final HubMetrics.Sources sources;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final MultiGauge online;
    private final MultiGauge lag;
    private final MultiGauge spool;
    private final MultiGauge dropped;
    private final MultiGauge load;
    private final MultiGauge temperature;
    private final MultiGauge certificates;
    private final CameraMeters cameras;

    StateMeters(MeterRegistry registry, HubMetrics.Sources sources) {
        this.registry = registry;
        this.sources = sources;
        online = gauges("facet.device.online", "1 while the edge agent is connected");
        lag =
                gauges(
                        "facet.device.gallery.lag",
                        "gallery revisions the edge agent is behind the hub");
        spool = gauges("facet.device.spool.events", "events that wait on the edge agent's disk");
        dropped =
                gauges(
                        "facet.device.dropped.events",
                        "events the edge agent gave up for want of disk");
        load = gauges("facet.device.load", "runnable threads for each core of the box");
        temperature = gauges("facet.device.temperature.celsius", "of the box's hottest sensor");
        certificates =
                gauges("facet.certificate.end.seconds", "when a listener's certificate ends");
        cameras = new CameraMeters(registry);
        fleet();
        alerts();
        rollouts();
        pool();
        hub();
    }

    private MultiGauge gauges(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    private void fleet() {
        gauge("facet.devices", "edge agents", Tags.of("state", "online"), s -> devices(s, true));
        gauge("facet.devices", "edge agents", Tags.of("state", "offline"), s -> devices(s, false));
        for (CameraState.Status status : CameraState.Status.values()) {
            gauge(
                    "facet.cameras",
                    "cameras by state",
                    Tags.of("state", status.wireName()),
                    s -> s.cameras().stream().filter(c -> c.state().status() == status).count());
        }
    }

    private void alerts() {
        for (Severity severity : Severity.values()) {
            for (Alert.State state : List.of(Alert.State.PENDING, Alert.State.FIRING)) {
                Gauge.builder("facet.alerts", () -> alerts(severity, state))
                        .description("alerts that are open")
                        .tag("severity", severity.wireName())
                        .tag("state", state.wireName())
                        .register(registry);
            }
        }
    }

    private void rollouts() {
        for (Rollout.State state : Rollout.State.values()) {
            Gauge.builder("facet.rollouts", () -> rollouts(state))
                    .description("roll-outs of releases and models to boxes")
                    .tag("state", state.wireName())
                    .register(registry);
        }
    }

    private long rollouts(Rollout.State state) {
        return sources.rollouts().get().stream().filter(r -> r.state() == state).count();
    }

    private long alerts(Severity severity, Alert.State state) {
        return sources.alerts().get().stream()
                .filter(alert -> alert.severity() == severity && alert.state() == state)
                .count();
    }

    private static double devices(Sample sample, boolean online) {
        return sample.devices().stream().filter(d -> d.online() == online).count();
    }

    private void pool() {
        pool("active", PoolState::active);
        pool("idle", PoolState::idle);
        pool("waiting", PoolState::waiting);
        Gauge.builder("facet.database.pool.size", () -> sources.pool().get().most())
                .description("most connections the pool opens")
                .register(registry);
    }

    private void pool(String state, ToDoubleFunction<PoolState> value) {
        Gauge.builder(
                        "facet.database.pool.connections",
                        () -> value.applyAsDouble(sources.pool().get()))
                .description("connections in use and idle, and callers that wait for one")
                .tag("state", state)
                .register(registry);
    }

    private void hub() {
        gauge(
                "facet.database.size.bytes",
                "the database on disk",
                Tags.empty(),
                Sample::databaseBytes);
        gauge(
                "facet.disk.free.bytes",
                "left on the data folder's disk",
                Tags.empty(),
                Sample::diskFree);
        gauge(
                "facet.disk.size.bytes",
                "of the data folder's disk",
                Tags.empty(),
                Sample::diskTotal);
        gauge(
                "facet.broker.connected",
                "1 while the MQTT broker is reached",
                Tags.empty(),
                s -> s.brokerConnected() ? 1 : 0);
        gauge(
                "facet.gallery.revision",
                "newest revision of the gallery",
                Tags.empty(),
                Sample::galleryHead);
        Gauge.builder("facet.index.faces", sources.indexFaces()::getAsLong)
                .description("faces in the master index")
                .register(registry);
        Gauge.builder("facet.index.revision", sources.indexRevision()::getAsLong)
                .description("gallery revision the master index holds")
                .register(registry);
        Gauge.builder("facet.socketio.clients", sources.probes()::viewers)
                .description("live viewers connected")
                .register(registry);
        Gauge.builder("facet.build.info", () -> 1)
                .description("always 1")
                .tag("version", sources.version())
                .register(registry);
    }

    private void gauge(String name, String description, Tags tags, ToDoubleFunction<Sample> value) {
        Gauge.builder(name, () -> value.applyAsDouble(sources.sample().get()))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    /** Takes up what came and lets go of what went since the last scrape. */
    void refresh() {
        sources.probes().queues().keySet().stream().filter(known::add).forEach(this::queue);
        Sample sample = sources.sample().get();
        List<Device> devices = sample.devices().stream().limit(MOST_DEVICES).toList();
        rows(online, devices, d -> d.online() ? 1 : 0);
        List<Device> reported = devices.stream().filter(d -> d.report().isPresent()).toList();
        rows(lag, reported, of(r -> Math.max(0, sample.galleryHead() - r.galleryRevision())));
        rows(spool, reported, of(DeviceReport::spoolDepth));
        rows(load, saying(reported, DeviceReport::load), of(r -> r.load().orElseThrow()));
        rows(
                temperature,
                saying(reported, DeviceReport::temperature),
                of(r -> r.temperature().orElseThrow()));
        cameras.refresh(sample.cameras());
        rows(dropped, reported, of(DeviceReport::droppedEvents));
        certificates.register(
                sources.certificates().get().entrySet().stream()
                        .map(end ->
                                MultiGauge.Row.of(
                                        Tags.of("listener", end.getKey()),
                                        end.getValue().getEpochSecond()))
                        .toList(),
                true);
    }

    /** Those whose report has this figure. */
    private static List<Device> saying(
            List<Device> reported, Function<DeviceReport, Optional<Float>> figure) {
        return reported.stream().filter(d -> d.report().flatMap(figure).isPresent()).toList();
    }

    private static ToDoubleFunction<Device> of(ToDoubleFunction<DeviceReport> value) {
        return device -> device.report().map(value::applyAsDouble).orElse(0.0);
    }

    private static void rows(
            MultiGauge gauge, List<Device> devices, ToDoubleFunction<Device> value) {
        gauge.register(
                devices.stream()
                        .map(d ->
                                MultiGauge.Row.of(
                                        Tags.of("agent_id", d.agent().value()),
                                        value.applyAsDouble(d)))
                        .toList(),
                true);
    }

    private void queue(String name) {
        Gauge.builder("facet.queue.depth", () -> state(name).depth())
                .description("what waits in a bounded queue")
                .tag("queue", name)
                .register(registry);
        Gauge.builder("facet.queue.capacity", () -> state(name).capacity())
                .description("most that can wait in it")
                .tag("queue", name)
                .register(registry);
        FunctionCounter.builder("facet.queue.dropped", this, self -> self.state(name).dropped())
                .description("what was given up because the queue was full")
                .tag("queue", name)
                .register(registry);
    }

    private QueueState state(String name) {
        return sources.probes().queues().getOrDefault(name, new QueueState(0, 0, 0));
    }
}
