package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.api.json.Json;
import io.facet.hub.audit.AuditEntry;
import io.facet.hub.audit.AuditStore.AuditQuery;
import io.facet.hub.audit.AuditStore.Numbered;
import io.facet.hub.audit.AuditTrail;
import io.facet.hub.security.Permission;
import io.helidon.http.Method;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The audit log, for administrators. */
final class AuditEndpoints {
    private final AuditTrail trail;

    AuditEndpoints(AuditTrail trail) {
        this.trail = trail;
    }

    List<Endpoint> all() {
        Access read = new Access.Needs(Permission.READ_AUDIT);
        return List.of(
                new Endpoint(Method.GET, "/api/v1/audit", read, this::page),
                new Endpoint(Method.GET, "/api/v1/audit/verify", read, this::verify));
    }

    private Reply page(Call call) {
        int limit = (int) call.queryNumber("limit", 50, 1, 1000);
        List<Numbered> entries =
                trail.page(
                        new AuditQuery(
                                call.query("from").map(Instant::parse),
                                call.query("to").map(Instant::parse),
                                call.query("actor"),
                                call.query("subject"),
                                call.query("cursor").map(AuditEndpoints::cursor),
                                limit));
        ObjectNode json = Json.object();
        json.set("entries", Json.array(entries, AuditEndpoints::describe));
        json.put(
                "next_cursor",
                entries.size() < limit ? null : String.valueOf(entries.getLast().number()));
        return Reply.ok(json);
    }

    private static long cursor(String text) {
        return Optional.of(text)
                .filter(t -> t.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElseThrow(() -> JsonFields.invalid("cursor is not one of this call's"));
    }

    private static ObjectNode describe(Numbered numbered) {
        AuditEntry entry = numbered.entry();
        ObjectNode json = Json.object();
        json.put("entry", numbered.number());
        json.put("request_id", entry.request().toString());
        json.put("at", Json.time(entry.at()));
        json.put("actor", entry.actor());
        json.put("role", entry.role());
        json.put("action", entry.action());
        entry.subjects().forEach(json.putArray("subjects")::add);
        json.put("outcome", entry.outcome());
        return json;
    }

    private Reply verify(Call call) {
        AuditTrail.Verdict verdict = trail.verify();
        ObjectNode json = Json.object();
        json.put("ok", verdict.ok());
        json.put("batches", verdict.batches());
        json.put("entries", verdict.entries());
        json.put("pruned_entries", verdict.pruned());
        verdict.broken().forEach(json.putArray("broken")::add);
        return Reply.ok(json);
    }
}
