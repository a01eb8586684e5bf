package io.facet.hub.alerts;

import io.facet.config.FacetConfig;
import io.facet.config.FacetConfig.AlertRule;
import java.time.Duration;
import java.util.List;

/**
 * When something is wrong.
 *
 * @param threshold at or beyond which a value is wrong
 * @param hysteresis share of the threshold by which a value must have come back to be well
 * @param lasting how long it must be wrong before the alert fires
 * @param resolveAfter how long it must be well before the alert is resolved
 */
public record Rule(
        AlertKind kind,
        boolean enabled,
        double threshold,
        double hysteresis,
        Duration lasting,
        Duration resolveAfter,
        Severity severity) {
    /** Every rule as configured. */
    public static List<Rule> of(FacetConfig.Alerts c) {
        return List.of(
                rule(AlertKind.CAMERA_DOWN, c.cameraDown(), c),
                rule(AlertKind.DEVICE_SILENT, c.deviceSilent(), c),
                rule(AlertKind.ERROR_RATE, c.errorRate(), c),
                rule(AlertKind.REQUEST_LATENCY, c.requestLatency(), c),
                rule(AlertKind.TIME_TO_NAME, c.timeToName(), c),
                rule(AlertKind.DISK_FREE, c.diskFree(), c),
                rule(AlertKind.QUEUE_FULL, c.queueFull(), c),
                rule(AlertKind.SPOOF_ATTEMPTS, c.spoofAttempts(), c),
                rule(AlertKind.CERTIFICATE_EXPIRY, c.certificateExpiry(), c),
                rule(AlertKind.JOIN_TOKEN_REUSE, c.joinTokenReuse(), c),
                rule(AlertKind.ROLLOUT_HALTED, c.rolloutHalted(), c));
    }

    private static Rule rule(AlertKind kind, AlertRule r, FacetConfig.Alerts c) {
        return new Rule(
                kind,
                r.enabled(),
                r.threshold(),
                c.hysteresis(),
                r.forDuration(),
                c.resolveAfter(),
                Severity.of(r.severity()));
    }

    boolean isWrong(double value) {
        return kind.wrongBelow() ? value < threshold : value >= threshold;
    }

    /** Wrong and well do not meet: a value between them changes nothing. */
    boolean isWell(double value) {
        return kind.wrongBelow()
                ? value >= threshold * (1 + hysteresis)
                : value < threshold * (1 - hysteresis);
    }
}
