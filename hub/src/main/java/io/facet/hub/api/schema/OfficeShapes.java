package io.facet.hub.api.schema;

import static io.facet.hub.api.schema.Plain.ID;
import static io.facet.hub.api.schema.Plain.INTEGER;
import static io.facet.hub.api.schema.Plain.NUMBER;
import static io.facet.hub.api.schema.Plain.TEXT;
import static io.facet.hub.api.schema.Plain.TIME;
import static io.facet.hub.api.schema.Plain.TRUTH;
import static io.facet.hub.api.schema.Schema.list;
import static io.facet.hub.api.schema.Schema.object;
import static io.facet.hub.api.schema.Schema.words;

import io.facet.hub.api.schema.Schema.Fields;
import java.util.Map;

/** The shapes of accounts, alerts, webhooks and what is written down of all that. */
final class OfficeShapes {
    private static final Schema SEVERITY = words("info", "warning", "critical");

    private static final Fields API_KEY =
            object().with("prefix", TEXT)
                    .with("name", TEXT)
                    .with("role", TEXT)
                    .maybe("sites", list(TEXT))
                    .with("created_at", TIME)
                    .maybe("expires_at", TIME)
                    .maybe("last_used_at", TIME)
                    .maybe("revoked_at", TIME);

    private static final Fields WEBHOOK =
            object().with("webhook_id", ID)
                    .with("url", TEXT)
                    .with("description", TEXT)
                    .with("events", list(TEXT))
                    .with("active", TRUTH)
                    .with("created_at", TIME);

    private OfficeShapes() {}

    static void addTo(Map<String, Schema> all) {
        all.put("ApiKey", API_KEY);
        all.put("NewApiKey", API_KEY.and(object().with("key", TEXT)));
        all.put("User", user());
        all.put("Alert", alert());
        all.put("AlertRule", rule());
        all.put("Webhook", WEBHOOK);
        all.put("NewWebhook", WEBHOOK.and(object().with("secret", TEXT)));
        all.put("Delivery", delivery());
        all.put("AuditEntry", entry());
        all.put(
                "AuditVerdict",
                object().with("ok", TRUTH)
                        .with("batches", INTEGER)
                        .with("entries", INTEGER)
                        .with("pruned_entries", INTEGER)
                        .with("broken", list(TEXT)));
        all.put(
                "Consent",
                object().with("basis", TEXT)
                        .with("reference", TEXT)
                        .with("given_at", TIME)
                        .maybe("withdrawn_at", TIME));
    }

    private static Fields user() {
        return object().with("user_id", TEXT)
                .with("username", TEXT)
                .with("role", words("admin", "operator", "viewer", "service"))
                .maybe("sites", list(TEXT))
                .with("disabled", TRUTH)
                .maybe("issuer", TEXT)
                .with("created_at", TIME)
                .maybe("last_sign_in_at", TIME);
    }

    private static Fields alert() {
        return object().with("alert_id", ID)
                .with("rule", TEXT)
                .with("subject", TEXT)
                .with("summary", TEXT)
                .with("severity", SEVERITY)
                .with("state", words("pending", "firing", "resolved"))
                .with("value", NUMBER)
                .with("threshold", NUMBER)
                .maybe("site_id", TEXT)
                .with("started_at", TIME)
                .maybe("fired_at", TIME)
                .maybe("resolved_at", TIME)
                .maybe("acknowledged_at", TIME)
                .maybe("acknowledged_by", TEXT)
                .maybe("silenced_until", TIME);
    }

    private static Fields rule() {
        return object().with("rule", TEXT)
                .with("enabled", TRUTH)
                .with("threshold", NUMBER)
                .with("unit", TEXT)
                .with("wrong_when", words("below", "at_or_above"))
                .with("for_seconds", NUMBER)
                .with("severity", SEVERITY)
                .with("state", words("off", "no_data", "well", "pending", "firing"));
    }

    private static Fields delivery() {
        return object().with("delivery_id", ID)
                .with("event", TEXT)
                .with("state", words("waiting", "delivered", "dead"))
                .with("attempts", INTEGER)
                .maybe("next_attempt_at", TIME)
                .maybe("last_status", INTEGER)
                .maybe("last_error", TEXT)
                .with("created_at", TIME)
                .maybe("finished_at", TIME);
    }

    private static Fields entry() {
        return object().with("entry", INTEGER)
                .with("request_id", ID)
                .with("at", TIME)
                .with("actor", TEXT)
                .with("role", TEXT)
                .with("action", TEXT)
                .with("subjects", list(TEXT))
                .with("outcome", TEXT);
    }
}
