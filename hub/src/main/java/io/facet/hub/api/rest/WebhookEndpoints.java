package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.json.WebhookJson;
import io.facet.hub.security.Permission;
import io.facet.hub.webhooks.Delivery;
import io.facet.hub.webhooks.Webhook;
import io.facet.hub.webhooks.WebhookService;
import io.facet.model.SiteScope;
import io.helidon.http.Method;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Webhooks and what became of their deliveries. */
final class WebhookEndpoints {
    private static final String ONE = "/api/v1/webhooks/{webhook_id}";

    private final WebhookService webhooks;

    WebhookEndpoints(WebhookService webhooks) {
        this.webhooks = webhooks;
    }

    List<Endpoint> all() {
        Access manage = new Access.Needs(Permission.MANAGE_WEBHOOKS);
        return List.of(
                new Endpoint(Method.GET, "/api/v1/webhooks", manage, this::list),
                Endpoint.post(
                        "/api/v1/webhooks",
                        manage,
                        Spec.of("Add a webhook; its secret is shown this once")
                                .rule(Spec.Rule.SECRET),
                        this::add),
                new Endpoint(
                        Method.GET, ONE, manage, call -> Reply.ok(WebhookJson.webhook(one(call)))),
                new Endpoint(Method.PATCH, ONE, manage, this::change),
                new Endpoint(Method.DELETE, ONE, manage, this::remove),
                new Endpoint(Method.POST, ONE + "/test", manage, this::test),
                new Endpoint(Method.GET, ONE + "/deliveries", manage, this::deliveries),
                new Endpoint(
                        Method.POST,
                        ONE + "/deliveries/{delivery_id}/redeliver",
                        manage,
                        this::redeliver));
    }

    private Reply list(Call call) {
        ObjectNode json = Json.object();
        json.set(
                "webhooks",
                Json.array(
                        webhooks.list().stream().filter(w -> reaches(call, w)).toList(),
                        WebhookJson::webhook));
        return Reply.ok(json);
    }

    private Reply add(Call call) throws IOException {
        JsonFields body = call.json(Set.of("url", "description", "events"));
        WebhookService.Made made =
                webhooks.add(
                        url(body.requiredText("url")),
                        body.text("description").orElse(""),
                        body.list("events").map(Set::copyOf).orElse(Set.of()),
                        call.sites());
        ObjectNode json = WebhookJson.webhook(made.webhook());
        json.put("secret", made.secret().reveal());
        return Reply.created(json);
    }

    private Reply change(Call call) throws IOException {
        UUID id = one(call).id();
        JsonFields body = call.json(Set.of("url", "description", "events", "active"));
        Webhook changed =
                webhooks.change(
                                id,
                                new WebhookService.Change(
                                        body.text("url").map(WebhookEndpoints::url),
                                        body.text("description"),
                                        body.list("events").map(Set::copyOf),
                                        body.truth("active")))
                        .orElseThrow(WebhookEndpoints::none);
        return Reply.ok(WebhookJson.webhook(changed));
    }

    private Reply remove(Call call) {
        if (!webhooks.remove(one(call).id())) {
            throw none();
        }
        return new Reply.Nothing(Optional.empty());
    }

    private Reply test(Call call) {
        return success(webhooks.test(one(call).id()));
    }

    private Reply deliveries(Call call) {
        Optional<Delivery.State> state = call.query("state").map(WebhookEndpoints::state);
        int limit = (int) call.queryNumber("limit", 100, 1, 1000);
        ObjectNode json = Json.object();
        json.set(
                "deliveries",
                Json.array(
                        webhooks.deliveries(one(call).id(), state, limit), WebhookJson::delivery));
        return Reply.ok(json);
    }

    private static Delivery.State state(String text) {
        return Arrays.stream(Delivery.State.values())
                .filter(state -> state.wireName().equals(text))
                .findFirst()
                .orElseThrow(() -> JsonFields.invalid("state is waiting, delivered or dead"));
    }

    private Reply redeliver(Call call) {
        UUID delivery = call.path("delivery_id", AlertEndpoints::uuid);
        return success(webhooks.redeliver(one(call).id(), delivery));
    }

    private static Reply success(boolean done) {
        if (!done) {
            throw new FacetException(
                    ErrorCode.NOT_FOUND, "there is no such delivery that is finished");
        }
        ObjectNode json = Json.object();
        json.put("success", true);
        return Reply.ok(json);
    }

    private Webhook one(Call call) {
        return webhooks.find(call.path("webhook_id", AlertEndpoints::uuid))
                .filter(webhook -> reaches(call, webhook))
                .orElseThrow(WebhookEndpoints::none);
    }

    /** A key limited to some sites manages webhooks limited to these. */
    private static boolean reaches(Call call, Webhook webhook) {
        return switch (webhook.sites()) {
            case SiteScope.All _ -> call.sites() instanceof SiteScope.All;
            case SiteScope.Only only -> only.sites().stream().allMatch(call.sites()::permits);
        };
    }

    private static URI url(String text) {
        if (text.length() > 2000) {
            throw JsonFields.invalid("a url has at most 2000 characters");
        }
        try {
            return new URI(text);
        } catch (URISyntaxException notOne) {
            throw JsonFields.invalid("url is no address");
        }
    }

    private static FacetException none() {
        return new FacetException(ErrorCode.NOT_FOUND, "there is no such webhook");
    }
}
