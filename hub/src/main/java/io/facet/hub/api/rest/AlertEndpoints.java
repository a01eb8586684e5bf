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
import io.facet.hub.security.Permission;
import io.helidon.http.Method;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Alerts: seen, acknowledged, silenced. */
final class AlertEndpoints {
    private static final String ONE = "/api/v1/alerts/{alert_id}";

    private final AlertService alerts;

    AlertEndpoints(AlertService alerts) {
        this.alerts = alerts;
    }

    List<Endpoint> all() {
        Access read = new Access.Needs(Permission.READ_ALERTS);
        Access manage = new Access.Needs(Permission.MANAGE_ALERTS);
        return List.of(
                new Endpoint(Method.GET, "/api/v1/alerts", read, this::list),
                new Endpoint(Method.GET, "/api/v1/alert-rules", read, _ -> rules()),
                new Endpoint(Method.GET, ONE, read, this::get),
                new Endpoint(Method.POST, ONE + "/acknowledge", manage, this::acknowledge),
                new Endpoint(Method.POST, ONE + "/silence", manage, this::silence),
                new Endpoint(Method.DELETE, ONE + "/silence", manage, this::unsilence));
    }

    private Reply list(Call call) {
        AlertStore.Filter filter =
                new AlertStore.Filter(
                        call.query("state").map(AlertEndpoints::state),
                        call.query("rule").map(AlertKind::of),
                        (int) call.queryNumber("limit", 100, 1, 1000));
        ObjectNode json = Json.object();
        json.set("alerts", Json.array(alerts.list(filter, call.sites()), AlertJson::alert));
        return Reply.ok(json);
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
        JsonFields body = call.json(Set.of("until"));
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
