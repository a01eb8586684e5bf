package io.facet.hub.alerts;

import io.facet.hub.cameras.CameraState.Status;
import io.facet.hub.cameras.CameraView;
import io.facet.hub.devices.Device;
import io.facet.hub.events.EventObserver;
import io.facet.hub.events.EventStore.Entry;
import io.facet.hub.events.HubEvent;
import io.facet.hub.monitor.LiveObserver;
import io.facet.hub.monitor.RequestObserver;
import io.facet.hub.monitor.Sample;
import io.facet.hub.software.Rollout;
import io.facet.model.EventId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The hub's own signals: the last sample, and what observers told in the last minutes. Historical
 * and simulated events count nowhere. Thread-safe.
 */
public final class HubSignals implements Signals, RequestObserver, LiveObserver, EventObserver {
    /** Of fewer calls neither a share nor a percentile means anything; they count as well. */
    private static final int FEWEST_CALLS = 20;

    private static final int FEWEST_NAMES = 5;

    private final Supplier<Sample> sample;
    private final Supplier<Map<String, Instant>> certificates;
    private final Supplier<List<Rollout>> rollouts;
    private final InstantSource clock;
    private final Recent calls;
    private final Recent failures;
    private final Recent names;
    private final Attacks attacks;
    private final Recent reuses;

    /**
     * Wires the signals.
     *
     * @param certificates ends of the listeners' certificates by listener; empty without TLS
     * @param rollouts as they stood last
     * @param window over which calls, names and attacks count
     */
    public HubSignals(
            Supplier<Sample> sample,
            Supplier<Map<String, Instant>> certificates,
            Supplier<List<Rollout>> rollouts,
            Duration window,
            InstantSource clock) {
        this.sample = sample;
        this.certificates = certificates;
        this.rollouts = rollouts;
        this.clock = clock;
        calls = new Recent(window, clock);
        failures = new Recent(window, clock);
        names = new Recent(window, clock);
        attacks = new Attacks(window, clock);
        reuses = new Recent(window, clock);
    }

    @Override
    public void answered(Answered call) {
        calls.add(call.took());
        if (call.status() >= 500) {
            failures.add(call.took());
        }
    }

    @Override
    public void shown(HubEvent event) {
        if (event instanceof HubEvent.FaceRecognized seen
                && !seen.details().origin().simulated()
                && !seen.details().origin().historical()) {
            Duration took = Duration.between(seen.timestamp(), clock.instant());
            names.add(took.isNegative() ? Duration.ZERO : took);
        }
    }

    @Override
    public void ingested(List<Entry> entries, Set<EventId> fresh, Duration commit) {
        entries.stream()
                .filter(entry -> fresh.contains(entry.event().header().id()))
                .filter(entry -> !entry.historical() && !entry.event().header().simulated())
                .forEach(entry -> attacks.look(entry.event()));
    }

    /** The hub's own liveness check took a face for an attack. */
    public void attackSeen() {
        attacks.add(Reading.HUB);
    }

    /** A join token came that was used already. */
    public void joinTokenReused() {
        reuses.add(Duration.ZERO);
    }

    @Override
    public Map<AlertKind, List<Reading>> read() {
        Sample now = sample.get();
        Map<AlertKind, List<Reading>> readings = new EnumMap<>(AlertKind.class);
        // Before the first whole sample nobody knows which cameras and boxes there are.
        if (now.databaseBytes() > 0) {
            readings.put(
                    AlertKind.CAMERA_DOWN, now.cameras().stream().map(HubSignals::camera).toList());
            readings.put(
                    AlertKind.DEVICE_SILENT, now.devices().stream().map(this::device).toList());
            readings.put(AlertKind.QUEUE_FULL, queues(now));
        }
        readings.put(AlertKind.ERROR_RATE, List.of(errorRate()));
        readings.put(AlertKind.REQUEST_LATENCY, List.of(latency()));
        readings.put(AlertKind.TIME_TO_NAME, List.of(timeToName()));
        readings.put(AlertKind.SPOOF_ATTEMPTS, attacks(now));
        readings.put(AlertKind.JOIN_TOKEN_REUSE, List.of(reuses()));
        readings.put(
                AlertKind.ROLLOUT_HALTED,
                rollouts.get().stream()
                        .filter(rollout -> rollout.state().isOpen())
                        .map(HubSignals::rollout)
                        .toList());
        if (now.diskTotal() > 0) {
            readings.put(AlertKind.DISK_FREE, List.of(disk(now)));
        }
        Map<String, Instant> ends = certificates.get();
        if (!ends.isEmpty()) {
            readings.put(
                    AlertKind.CERTIFICATE_EXPIRY,
                    ends.entrySet().stream()
                            .map(end -> certificate(end.getKey(), end.getValue()))
                            .toList());
        }
        return readings;
    }

    private static Reading camera(CameraView view) {
        boolean down = view.state().status() != Status.STREAMING;
        String why = view.state().reason();
        return new Reading(
                view.camera().id().toString(),
                "camera "
                        + view.camera().name()
                        + " is "
                        + view.state().status().wireName()
                        + (why.isEmpty() ? "" : ": " + why),
                Optional.of(view.camera().site()),
                down ? 1 : 0);
    }

    private Reading device(Device device) {
        Instant last = device.lastSeen().orElse(device.registeredAt());
        double silent = Math.max(0, Duration.between(last, clock.instant()).toMillis() / 1e3);
        return new Reading(
                device.agent().value(),
                "edge agent " + device.agent() + " has been silent for " + text(silent) + " s",
                Optional.of(device.site()),
                silent);
    }

    private Reading errorRate() {
        int all = calls.summary().count();
        double share = all < FEWEST_CALLS ? 0 : (double) failures.summary().count() / all;
        return hub(percent(share) + " of the calls fail in the hub", share);
    }

    private Reading latency() {
        Recent.Summary summary = calls.summary();
        double p95 = summary.count() < FEWEST_CALLS ? 0 : summary.p95();
        return hub("one call in twenty takes " + text(p95) + " s or more", p95);
    }

    private Reading timeToName() {
        Recent.Summary summary = names.summary();
        double p95 = summary.count() < FEWEST_NAMES ? 0 : summary.p95();
        return hub("one name in twenty takes " + text(p95) + " s or more", p95);
    }

    private Reading reuses() {
        int count = reuses.summary().count();
        return hub("join tokens that were used already came " + count + " times", count);
    }

    private static Reading rollout(Rollout rollout) {
        boolean halted = rollout.state() == Rollout.State.HALTED;
        return new Reading(
                rollout.id().toString(),
                "the roll-out of "
                        + rollout.product()
                        + " "
                        + rollout.version()
                        + (halted ? " halted: " + rollout.reason() : " goes on"),
                Optional.empty(),
                halted ? 1 : 0);
    }

    private static Reading disk(Sample now) {
        double free = (double) now.diskFree() / now.diskTotal();
        return hub(percent(free) + " of the data folder's disk is free", free);
    }

    private static List<Reading> queues(Sample now) {
        return now.queues().entrySet().stream()
                .map(queue ->
                        new Reading(
                                queue.getKey(),
                                "queue "
                                        + queue.getKey()
                                        + " is "
                                        + percent(queue.getValue().fill())
                                        + " full",
                                Optional.empty(),
                                queue.getValue().fill()))
                .toList();
    }

    private List<Reading> attacks(Sample now) {
        return attacks.counts().entrySet().stream()
                .map(count ->
                        new Reading(
                                count.getKey(),
                                count.getValue()
                                        + " presentation attacks at "
                                        + place(now, count.getKey()),
                                camera(now, count.getKey()).map(c -> c.camera().site()),
                                count.getValue()))
                .toList();
    }

    private static String place(Sample now, String subject) {
        return camera(now, subject)
                .map(view -> "camera " + view.camera().name())
                .orElse(subject.equals(Reading.HUB) ? "the hub" : "camera " + subject);
    }

    private static Optional<CameraView> camera(Sample now, String id) {
        return now.cameras().stream()
                .filter(view -> view.camera().id().toString().equals(id))
                .findFirst();
    }

    private Reading certificate(String listener, Instant end) {
        double days = Duration.between(clock.instant(), end).toMinutes() / 1440.0;
        return new Reading(
                listener,
                "the certificate of " + listener + " ends in " + text(days) + " days",
                Optional.empty(),
                days);
    }

    private static Reading hub(String summary, double value) {
        return new Reading(Reading.HUB, summary, Optional.empty(), value);
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
