package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.alerts.Alert;
import io.facet.hub.alerts.AlertKind;
import io.facet.hub.alerts.AlertService;
import io.facet.hub.alerts.AlertStore;
import io.facet.hub.api.json.AlertJson;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.security.Permission;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Alerts: seen, acknowledged, silenced. */
final class AlertEndpoints {
    private static final String ONE = "/api/v1/alerts/{alert_id}";
    private static final Schema SHAPE = Schema.ref("Alert");

    private final AlertService alerts;

    AlertEndpoints(AlertService alerts) {
        this.alerts = alerts;
    }

    List<Endpoint> all() {
        Access read = new Access.Needs(Permission.READ_ALERTS);
        Access manage = new Access.Needs(Permission.MANAGE_ALERTS);
        Spec list =
                Spec.of("List alerts, newest first")
                        .query("state", Schema.words("pending", "firing", "resolved"), "only these")
                        .query("rule", Plain.TEXT, "only of this rule")
                        .paged()
                        .gives(Paging.shape("alerts", SHAPE));
        Spec rules =
                Spec.of("List the rules and how they stand")
                        .gives(Schema.object().with("rules", Schema.list(Schema.ref("AlertRule"))));
        Spec silence =
                Spec.of("Tell nobody of an alert's rule and subject until then")
                        .takes(Schema.object().with("until", Plain.TIME))
                        .gives(SHAPE);
        return List.of(
                Endpoint.get("/api/v1/alerts", read, list, this::list),
                Endpoint.get("/api/v1/alert-rules", read, rules, _ -> rules()),
                Endpoint.get(ONE, read, Spec.of("Show an alert").gives(SHAPE), this::get),
                Endpoint.post(
                        ONE + "/acknowledge",
                        manage,
                        Spec.of("Say that somebody has seen an alert").gives(SHAPE),
                        this::acknowledge),
                Endpoint.post(ONE + "/silence", manage, silence, this::silence),
                Endpoint.delete(
                        ONE + "/silence",
                        manage,
                        Spec.of("End the silence of an alert").gives(SHAPE),
                        this::unsilence));
    }

    private Reply list(Call call) {
        AlertStore.Filter filter =
                new AlertStore.Filter(
                        call.query("state").map(AlertEndpoints::state),
                        call.query("rule").map(AlertKind::of),
                        call.sites());
        Paging paging = Paging.of(call, 100, 1000);
        AlertStore.Slice slice =
                new AlertStore.Slice(
                        paging.after().map(AlertEndpoints::place),
                        paging.offset(),
                        paging.limit() + 1);
        return Reply.ok(
                paging.page(
                        "alerts",
                        alerts.list(filter, slice),
                        alerts.count(filter),
                        view -> view.alert().startedAt() + " " + view.alert().id(),
                        AlertJson::alert));
    }

    private static AlertStore.Place place(String text) {
        String[] parts = text.split(" ", 2);
        try {
            return new AlertStore.Place(Instant.parse(parts[0]), uuid(parts[parts.length - 1]));
        } catch (DateTimeParseException notOurs) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "not a cursor of this call", notOurs);
        }
    }

    private static Alert.State state(String text) {
        return Arrays.stream(Alert.State.values())
                .filter(state -> state.wireName().equals(text))
                .findFirst()
                .orElseThrow(() -> JsonFields.invalid("state is pending, firing or resolved"));
    }

    private Reply rules() {
        ObjectNode json = Json.object();
        json.set("rules", Json.array(alerts.rules(), AlertJson::rule));
        return Reply.ok(json);
    }

    private Reply get(Call call) {
        return answer(alerts.find(id(call), call.sites()));
    }

    private Reply acknowledge(Call call) {
        return answer(alerts.acknowledge(id(call), call.principal().name(), call.sites()));
    }

    private Reply silence(Call call) throws IOException {
        JsonFields body = call.json();
        Optional<Instant> until = body.instant("until");
        if (until.isEmpty()) {
            throw JsonFields.missing("until");
        }
        return silence(call, until);
    }

    private Reply unsilence(Call call) {
        return silence(call, Optional.empty());
    }

    private Reply silence(Call call, Optional<Instant> until) {
        return answer(alerts.silence(id(call), until, call.principal().name(), call.sites()));
    }

    private static Reply answer(Optional<AlertService.View> found) {
        return Reply.ok(
                AlertJson.alert(
                        found.orElseThrow(() ->
                                new FacetException(
                                        ErrorCode.NOT_FOUND, "there is no such alert"))));
    }

    private static UUID id(Call call) {
        return call.path("alert_id", AlertEndpoints::uuid);
    }

    static UUID uuid(String text) {
        if (text.length() != 36) {
            throw JsonFields.invalid("an id is a UUID of 36 characters");
        }
        return UUID.fromString(text);
    }
}
