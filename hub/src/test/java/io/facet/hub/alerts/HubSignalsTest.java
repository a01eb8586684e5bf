package io.facet.hub.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.facet.error.ErrorCode;
import io.facet.hub.devices.Device;
import io.facet.hub.devices.DeviceGroups;
import io.facet.hub.events.EventStore.Entry;
import io.facet.hub.monitor.QueueState;
import io.facet.hub.monitor.RequestObserver.Answered;
import io.facet.hub.monitor.Sample;
import io.facet.hub.software.Rollout;
import io.facet.hub.testing.Fleets;
import io.facet.hub.testing.Sightings;
import io.facet.model.AgentId;
import io.facet.model.CameraId;
import io.facet.model.FaceEvent;
import io.facet.model.SiteId;
import io.facet.model.TrackId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What rules look at. */
class HubSignalsTest {
    private static final CameraId CAMERA = new CameraId(new UUID(0x7000, 1));
    private static final Sightings SIGHTINGS = new Sightings(new AgentId("box"), CAMERA);

    private Instant now = Instant.parse("2026-05-01T12:00:00Z");
    private final Map<String, Instant> certificates = new HashMap<>();
    private Sample sample = Sample.none(now);
    private List<Rollout> rollouts = List.of();
    private final HubSignals signals =
            new HubSignals(
                    () -> sample,
                    () -> certificates,
                    () -> rollouts,
                    Duration.ofMinutes(5),
                    () -> now);

    private double value(AlertKind kind) {
        return signals.read().getOrDefault(kind, List.of()).getFirst().value();
    }

    private void call(int status, Duration took) {
        signals.answered(
                new Answered(
                        "rest",
                        "GET",
                        "/x",
                        status,
                        status < 400 ? Optional.empty() : Optional.of(ErrorCode.INTERNAL),
                        took));
    }

    @Test
    void aHaltedRolloutWaitsForSomebody() {
        assertThat(signals.read()).containsEntry(AlertKind.ROLLOUT_HALTED, List.of());
        rollouts = List.of(Fleets.rollout(Rollout.State.HALTED));
        assertThat(value(AlertKind.ROLLOUT_HALTED)).isEqualTo(1);
        rollouts = List.of(Fleets.rollout(Rollout.State.RUNNING));
        assertThat(value(AlertKind.ROLLOUT_HALTED)).isZero();
    }

    @Test
    void errorsAreAShareOfEnoughCallsOfTheLastMinutes() {
        call(500, Duration.ofMillis(1));
        assertThat(value(AlertKind.ERROR_RATE)).isZero();
        for (int i = 0; i < 39; i++) {
            call(i % 4 == 0 ? 503 : 404, Duration.ofMillis(1));
        }
        assertThat(value(AlertKind.ERROR_RATE)).isEqualTo(11 / 40.0, within(1e-9));
        now = now.plusSeconds(301);
        assertThat(value(AlertKind.ERROR_RATE)).isZero();
    }

    @Test
    void theNinetyFifthPercentileIsAtMostATenthTooLarge() {
        for (int i = 1; i <= 100; i++) {
            call(200, Duration.ofMillis(10L * i));
        }
        assertThat(value(AlertKind.REQUEST_LATENCY)).isBetween(0.95, 0.95 * 1.1);
    }

    @Test
    void attacksCountByCameraAndNeitherHistoricalNorSimulated() {
        FaceEvent.RecognitionRetracted event =
                new FaceEvent.RecognitionRetracted(
                        SIGHTINGS.header(now),
                        new TrackId(new UUID(9, 9)),
                        "liveness check failed");
        ingest(event, false);
        ingest(event, true);
        ingest(
                new FaceEvent.RecognitionRetracted(
                        SIGHTINGS.header(now), event.track(), "later looks match nobody"),
                false);
        FaceEvent.Header h = SIGHTINGS.header(now);
        ingest(
                new FaceEvent.RecognitionRetracted(
                        new FaceEvent.Header(
                                h.id(),
                                h.agent(),
                                h.site(),
                                h.camera(),
                                h.capturedAt(),
                                h.bootId(),
                                h.sequence(),
                                h.monotonic(),
                                h.clockOffset(),
                                true),
                        event.track(),
                        "liveness check failed"),
                false);
        assertThat(signals.read().get(AlertKind.SPOOF_ATTEMPTS))
                .singleElement()
                .satisfies(reading -> {
                    assertThat(reading.subject()).isEqualTo(CAMERA.toString());
                    assertThat(reading.value()).isEqualTo(1);
                });
        now = now.plusSeconds(301);
        assertThat(signals.read().get(AlertKind.SPOOF_ATTEMPTS)).isEmpty();
    }

    private void ingest(FaceEvent event, boolean historical) {
        signals.ingested(
                List.of(new Entry(event, now, now, historical)),
                Set.of(event.header().id()),
                Duration.ZERO);
    }

    @Test
    void silenceOfABoxCountsFromWhatItLastSaid() {
        sample =
                new Sample(
                        now,
                        List.of(
                                new Device(
                                        new AgentId("box"),
                                        SiteId.DEFAULT,
                                        now.minusSeconds(900),
                                        true,
                                        Optional.of(now.minusSeconds(100)),
                                        DeviceGroups.NONE,
                                        Optional.empty())),
                        List.of(),
                        0,
                        1,
                        5,
                        100,
                        true,
                        Map.of("live_feed", new QueueState(9, 10, 0)));
        assertThat(value(AlertKind.DEVICE_SILENT)).isEqualTo(100);
        assertThat(value(AlertKind.DISK_FREE)).isEqualTo(0.05);
        assertThat(value(AlertKind.QUEUE_FULL)).isEqualTo(0.9);
    }

    @Test
    void certificatesAndDiskHaveNoDataUntilThereIsSome() {
        assertThat(signals.read())
                .doesNotContainKeys(
                        AlertKind.CERTIFICATE_EXPIRY,
                        AlertKind.DISK_FREE,
                        AlertKind.CAMERA_DOWN,
                        AlertKind.DEVICE_SILENT);
        certificates.put("web", now.plus(Duration.ofDays(3)));
        assertThat(value(AlertKind.CERTIFICATE_EXPIRY)).isEqualTo(3);
    }
}
