package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.json.WebhookJson;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.security.Permission;
import io.facet.hub.webhooks.Delivery;
import io.facet.hub.webhooks.Webhook;
import io.facet.hub.webhooks.WebhookService;
import io.facet.model.SiteScope;
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
    private static final String ALL = "/api/v1/webhooks";
    private static final String ONE = ALL + "/{webhook_id}";
    private static final Schema SHAPE = Schema.ref("Webhook");

    private final WebhookService webhooks;

    WebhookEndpoints(WebhookService webhooks) {
        this.webhooks = webhooks;
    }

    List<Endpoint> all() {
        Access manage = new Access.Needs(Permission.MANAGE_WEBHOOKS);
        Spec list =
                Spec.of("List webhooks, oldest first")
                        .paged()
                        .gives(Paging.shape("webhooks", SHAPE));
        Spec show = Spec.of("Show a webhook").gives(SHAPE);
        Spec remove = Spec.of("Remove a webhook and its deliveries").givesNothing();
        Spec test = Spec.of("Send a simulated webhook_test").givesSuccess();
        Spec deliveries =
                Spec.of("List a webhook's deliveries, newest first")
                        .query("state", Schema.words("waiting", "delivered", "dead"), "only these")
                        .paged()
                        .gives(Paging.shape("deliveries", Schema.ref("Delivery")));
        Spec redeliver = Spec.of("Send a delivery that is over once more").givesSuccess();
        return List.of(
                Endpoint.get(ALL, manage, list, this::list),
                Endpoint.post(ALL, manage, adding(), this::add),
                Endpoint.get(ONE, manage, show, c -> Reply.ok(WebhookJson.webhook(one(c)))),
                Endpoint.patch(ONE, manage, changing(), this::change),
                Endpoint.delete(ONE, manage, remove, this::remove),
                Endpoint.post(ONE + "/test", manage, test, this::test),
                Endpoint.get(ONE + "/deliveries", manage, deliveries, this::deliveries),
                Endpoint.post(
                        ONE + "/deliveries/{delivery_id}/redeliver",
                        manage,
                        redeliver,
                        this::redeliver));
    }

    private static Spec adding() {
        return Spec.of("Add a webhook; its secret is shown this once")
                .takes(
                        Schema.object()
                                .with("url", Plain.TEXT)
                                .maybe("description", Plain.TEXT)
                                .maybe("events", Schema.list(Plain.TEXT)))
                .gives(201, Schema.ref("NewWebhook"))
                .rule(Spec.Rule.SECRET);
    }

    private static Spec changing() {
        return Spec.of("Change a webhook; what is left out stays")
                .takes(
                        Schema.object()
                                .maybe("url", Plain.TEXT)
                                .maybe("description", Plain.TEXT)
                                .maybe("events", Schema.list(Plain.TEXT))
                                .maybe("active", Plain.TRUTH))
                .gives(SHAPE);
    }

    private Reply list(Call call) {
        return Reply.ok(
                Paging.of(call, 1000, 1000)
                        .cut(
                                "webhooks",
                                webhooks.list().stream().filter(w -> reaches(call, w)).toList(),
                                webhook -> Json.time(webhook.createdAt()) + webhook.id(),
                                WebhookJson::webhook));
    }

    private Reply add(Call call) throws IOException {
        JsonFields body = call.json();
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
        JsonFields body = call.json();
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
        Delivery.Filter filter =
                new Delivery.Filter(
                        one(call).id(), call.query("state").map(WebhookEndpoints::state));
        Paging paging = Paging.of(call, 100, 1000);
        Delivery.Slice slice =
                new Delivery.Slice(
                        paging.after().map(Long::parseLong), paging.offset(), paging.limit() + 1);
        return Reply.ok(
                paging.page(
                        "deliveries",
                        webhooks.deliveries(filter, slice),
                        webhooks.countDeliveries(filter),
                        delivery -> Long.toString(delivery.position()),
                        WebhookJson::delivery));
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
