package io.facet.hub.api.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.alerts.Alert;
import io.facet.hub.alerts.AlertService;
import io.facet.hub.alerts.Rule;
import io.facet.hub.events.HubEvent;
import java.time.Instant;

/** Alerts and their rules. */
public final class AlertJson {
    private AlertJson() {}

    /** An alert, and until when nobody is told of its like. */
    public static ObjectNode alert(AlertService.View view) {
        Alert alert = view.alert();
        ObjectNode json = Json.object();
        json.put("alert_id", alert.id().toString());
        json.put("rule", alert.kind().wireName());
        json.put("subject", alert.subject());
        json.put("summary", alert.summary());
        json.put("severity", alert.severity().wireName());
        json.put("state", alert.state().wireName());
        json.put("value", Json.rounded(alert.value()));
        json.put("threshold", Json.rounded(alert.threshold()));
        alert.site().ifPresent(site -> json.put("site_id", site.toString()));
        json.put("started_at", Json.time(alert.startedAt()));
        alert.firedAt().ifPresent(at -> json.put("fired_at", Json.time(at)));
        alert.resolvedAt().ifPresent(at -> json.put("resolved_at", Json.time(at)));
        alert.acknowledgement()
                .ifPresent(seen -> {
                    json.put("acknowledged_at", Json.time(seen.at()));
                    json.put("acknowledged_by", seen.by());
                });
        view.silencedUntil().ifPresent(until -> json.put("silenced_until", Json.time(until)));
        return json;
    }

    /** A rule and how it stands. */
    public static ObjectNode rule(AlertService.RuleView view) {
        Rule rule = view.rule();
        ObjectNode json = Json.object();
        json.put("rule", rule.kind().wireName());
        json.put("enabled", rule.enabled());
        json.put("threshold", rule.threshold());
        json.put("unit", rule.kind().unit());
        json.put("wrong_when", rule.kind().wrongBelow() ? "below" : "at_or_above");
        json.put("for_seconds", rule.lasting().toMillis() / 1e3);
        json.put("severity", rule.severity().wireName());
        json.put("state", view.standing().wireName());
        return json;
    }

    /** The data of {@code alert_raised} and {@code alert_resolved}. */
    static ObjectNode event(HubEvent.AlertDetails alert, Instant timestamp) {
        ObjectNode json = Json.object();
        json.put("alert_id", alert.alertId().toString());
        json.put("rule", alert.rule());
        json.put("subject", alert.subject());
        json.put("summary", alert.summary());
        json.put("severity", alert.severity());
        json.put("value", Json.rounded(alert.value()));
        json.put("threshold", Json.rounded(alert.threshold()));
        json.put("started_at", Json.time(alert.startedAt()));
        json.put("timestamp", Json.time(timestamp));
        alert.site().ifPresent(site -> json.put("site_id", site.toString()));
        return json;
    }
}
