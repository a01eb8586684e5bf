package io.facet.hub.api.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.webhooks.Delivery;
import io.facet.hub.webhooks.Webhook;

/** Webhooks, without their secrets, and deliveries, without their contents. */
public final class WebhookJson {
    private WebhookJson() {}

    public static ObjectNode webhook(Webhook webhook) {
        ObjectNode json = Json.object();
        json.put("webhook_id", webhook.id().toString());
        json.put("url", webhook.url().toString());
        json.put("description", webhook.description());
        webhook.events().stream().sorted().forEach(json.putArray("events")::add);
        json.put("active", webhook.active());
        json.put("created_at", Json.time(webhook.createdAt()));
        return json;
    }

    public static ObjectNode delivery(Delivery delivery) {
        ObjectNode json = Json.object();
        json.put("delivery_id", delivery.id().toString());
        json.put("event", delivery.type());
        json.put("state", delivery.state().wireName());
        json.put("attempts", delivery.attempts());
        if (delivery.state() == Delivery.State.WAITING) {
            json.put("next_attempt_at", Json.time(delivery.nextAt()));
        }
        delivery.lastStatus().ifPresent(status -> json.put("last_status", status));
        delivery.lastError().ifPresent(error -> json.put("last_error", error));
        json.put("created_at", Json.time(delivery.createdAt()));
        delivery.finishedAt().ifPresent(at -> json.put("finished_at", Json.time(at)));
        return json;
    }
}
