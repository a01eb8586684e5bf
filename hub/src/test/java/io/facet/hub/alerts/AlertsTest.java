package io.facet.hub.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.hub.events.HubEvent;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import io.facet.model.Uuid7;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The states of alerts by a clock that the test moves. */
class AlertsTest {
    private static final Rule DISK =
            new Rule(
                    AlertKind.DISK_FREE,
                    true,
                    0.10,
                    0.1,
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(2),
                    Severity.CRITICAL);
    private static final Rule CAMERA =
            new Rule(
                    AlertKind.CAMERA_DOWN,
                    true,
                    1,
                    0.1,
                    Duration.ZERO,
                    Duration.ofMinutes(1),
                    Severity.WARNING);

    private Instant now = Instant.parse("2026-05-01T12:00:00Z");
    private final MemoryAlertStore store = new MemoryAlertStore();
    private final Map<AlertKind, List<Reading>> readings = new EnumMap<>(AlertKind.class);
    private final List<HubEvent> told = new ArrayList<>();
    private Alerts alerts = alerts(DISK, CAMERA);

    private Alerts alerts(Rule... rules) {
        return new Alerts(
                List.of(rules),
                () -> Map.copyOf(readings),
                store,
                severity -> severity == Severity.CRITICAL,
                told::add,
                Duration.ofDays(30),
                new Uuid7(() -> now, new Random(1)),
                () -> now);
    }

    private void disk(double free) {
        readings.put(
                AlertKind.DISK_FREE,
                List.of(new Reading(Reading.HUB, "disk", Optional.empty(), free)));
    }

    private void cameras(Map<String, Double> down) {
        readings.put(
                AlertKind.CAMERA_DOWN,
                down.entrySet().stream()
                        .map(c ->
                                new Reading(
                                        c.getKey(),
                                        "camera " + c.getKey(),
                                        Optional.of(new SiteId("north")),
                                        c.getValue()))
                        .toList());
    }

    private void after(int seconds) {
        now = now.plusSeconds(seconds);
        alerts.evaluate();
    }

    private List<AlertService.View> listed(SiteScope sites) {
        return alerts.list(
                new AlertStore.Filter(Optional.empty(), Optional.empty(), sites),
                new AlertStore.Slice(Optional.empty(), 0, 10));
    }

    private Alert only() {
        List<AlertService.View> all = listed(SiteScope.ALL);
        assertThat(all).hasSize(1);
        return all.getFirst().alert();
    }

    @Test
    void firesOnlyAfterItsTimeAndResolvesOnlyBeyondTheHysteresis() {
        disk(0.05);
        after(0);
        assertThat(only().state()).isEqualTo(Alert.State.PENDING);
        after(59);
        assertThat(only().state()).isEqualTo(Alert.State.PENDING);
        assertThat(told).isEmpty();
        after(1);
        assertThat(only().state()).isEqualTo(Alert.State.FIRING);
        assertThat(told).singleElement().isInstanceOf(HubEvent.AlertRaised.class);

        disk(0.105); // no longer wrong, not yet well
        after(1000);
        assertThat(only().state()).isEqualTo(Alert.State.FIRING);
        disk(0.12);
        after(1);
        after(119);
        assertThat(only().state()).isEqualTo(Alert.State.FIRING);
        disk(0.105); // the well time begins anew
        after(1);
        disk(0.12);
        after(1);
        after(119);
        assertThat(only().state()).isEqualTo(Alert.State.FIRING);
        after(1);
        assertThat(only().state()).isEqualTo(Alert.State.RESOLVED);
        assertThat(told).hasSize(2).last().isInstanceOf(HubEvent.AlertResolved.class);
    }

    @Test
    void whatGoesWellWhilePendingLeavesNoTrace() {
        disk(0.05);
        after(0);
        disk(0.5);
        after(10);
        assertThat(store.alerts).isEmpty();
        disk(0.05);
        after(10);
        after(59);
        assertThat(only().state()).isEqualTo(Alert.State.PENDING);
        assertThat(told).isEmpty();
    }

    @Test
    void eachSubjectHasItsOwnAlertAndOneThatIsGoneIsResolved() {
        cameras(Map.of("a", 1.0, "b", 1.0, "c", 0.0));
        after(0);
        assertThat(told).hasSize(2);
        cameras(Map.of("b", 1.0, "c", 0.0));
        after(15);
        assertThat(told).hasSize(3);
        assertThat(((HubEvent.AlertResolved) told.getLast()).alert().subject()).isEqualTo("a");
    }

    @Test
    void withoutDataAnAlertStaysAsItIs() {
        cameras(Map.of("a", 1.0));
        after(0);
        readings.clear();
        after(10_000);
        assertThat(only().state()).isEqualTo(Alert.State.FIRING);
        assertThat(standing(AlertKind.CAMERA_DOWN)).isEqualTo(AlertService.Standing.NO_DATA);
        cameras(Map.of("a", 1.0));
        after(1);
        assertThat(standing(AlertKind.CAMERA_DOWN)).isEqualTo(AlertService.Standing.FIRING);
        assertThat(told).hasSize(1);
    }

    private AlertService.Standing standing(AlertKind kind) {
        return alerts.rules().stream()
                .filter(view -> view.rule().kind() == kind)
                .findFirst()
                .orElseThrow()
                .standing();
    }

    @Test
    void statesOutliveARestart() {
        disk(0.05);
        after(0);
        alerts = alerts(DISK, CAMERA);
        after(60);
        assertThat(only().state()).isEqualTo(Alert.State.FIRING);
        alerts = alerts(DISK, CAMERA);
        after(60);
        assertThat(told).as("told once, not at every start").hasSize(1);
        disk(0.5);
        after(1);
        alerts = alerts(DISK, CAMERA);
        after(120);
        assertThat(only().state()).isEqualTo(Alert.State.RESOLVED);
    }

    @Test
    void whatCouldNotBeNotedIsToldAgainRatherThanNever() {
        disk(0.05);
        after(0);
        store.broken = true;
        assertThatThrownBy(() -> after(60)).isInstanceOf(IllegalStateException.class);
        store.broken = false;
        after(15);
        assertThat(told).hasSize(2).allMatch(HubEvent.AlertRaised.class::isInstance);
        assertThat(only().notified()).isTrue();
    }

    @Test
    void aSilenceHoldsBackTheNewsUntilItEnds() {
        cameras(Map.of("a", 1.0));
        after(0);
        Alert first = only();
        alerts.silence(first.id(), Optional.of(now.plusSeconds(600)), "Ada", SiteScope.ALL);
        cameras(Map.of("a", 0.0));
        after(1);
        after(60);
        assertThat(told).as("what was raised is resolved").hasSize(2);
        cameras(Map.of("a", 1.0));
        after(10);
        assertThat(told).hasSize(2);
        after(600);
        assertThat(told).hasSize(3).last().isInstanceOf(HubEvent.AlertRaised.class);
    }

    @Test
    void anAcknowledgementStaysThroughLaterStates() {
        cameras(Map.of("a", 1.0));
        after(0);
        alerts.acknowledge(only().id(), "Ada", SiteScope.ALL);
        cameras(Map.of("a", 0.0));
        after(1);
        after(60);
        assertThat(only().state()).isEqualTo(Alert.State.RESOLVED);
        assertThat(only().acknowledgement().map(Alert.Acknowledgement::by)).contains("Ada");
    }

    @Test
    void anotherSitesAlertsAreNotThere() {
        cameras(Map.of("a", 1.0));
        disk(0.05);
        after(0);
        SiteScope south = new SiteScope.Only(Set.of(new SiteId("south")));
        assertThat(listed(south))
                .singleElement()
                .satisfies(v -> assertThat(v.alert().kind()).isEqualTo(AlertKind.DISK_FREE));
        Alert camera =
                listed(SiteScope.ALL).stream()
                        .map(AlertService.View::alert)
                        .filter(a -> a.kind() == AlertKind.CAMERA_DOWN)
                        .findFirst()
                        .orElseThrow();
        assertThat(alerts.find(camera.id(), south)).isEmpty();
        assertThat(alerts.acknowledge(camera.id(), "x", south)).isEmpty();
        assertThat(alerts.silence(camera.id(), Optional.empty(), "x", south)).isEmpty();
    }

    @Test
    void mailsAreDueForWhatIsBadEnough() {
        cameras(Map.of("a", 1.0));
        disk(0.05);
        after(0);
        after(60);
        assertThat(store.mailDue(now, 10))
                .singleElement()
                .satisfies(mail -> assertThat(mail.alert().kind()).isEqualTo(AlertKind.DISK_FREE));
    }

    @Test
    void aRuleSwitchedOffLeavesNoAlertBehind() {
        cameras(Map.of("a", 1.0));
        after(0);
        alerts = alerts(DISK);
        after(1);
        assertThat(only().state()).isEqualTo(Alert.State.RESOLVED);
    }
}
