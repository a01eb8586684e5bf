package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.audit.AuditEntry;
import io.facet.hub.audit.AuditStore.AuditQuery;
import io.facet.hub.audit.AuditStore.Numbered;
import io.facet.hub.audit.AuditTrail;
import io.facet.hub.security.Permission;
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
        Spec list =
                Spec.of("List entries of the audit log, newest first")
                        .query("from", Plain.TIME, "earliest time, inclusive")
                        .query("to", Plain.TIME, "latest time, exclusive")
                        .query("actor", Plain.TEXT, "only what this key or user did")
                        .query("subject", Plain.TEXT, "only what concerned this id")
                        .query("limit", Plain.INTEGER, "most entries")
                        .query("cursor", Plain.TEXT, "next_cursor of the page before")
                        .gives(
                                Schema.object()
                                        .with("entries", Schema.list(Schema.ref("AuditEntry")))
                                        .with("next_cursor", Plain.TEXT.orNull()));
        Spec verify =
                Spec.of("Check that nobody has changed the audit log")
                        .gives(Schema.ref("AuditVerdict"));
        return List.of(
                Endpoint.get("/api/v1/audit", read, list, this::page),
                Endpoint.get("/api/v1/audit/verify", read, verify, this::verify));
    }

    private Reply page(Call call) {
        int limit = (int) call.queryNumber("limit", 50, 1, 1000);
        List<Numbered> entries =
                trail.page(
                        new AuditQuery(
                                call.queryTime("from"),
                                call.queryTime("to"),
                                call.query("actor"),
                                call.query("subject"),
                                call.query("cursor").map(AuditEndpoints::cursor),
                                limit + 1));
        boolean more = entries.size() > limit;
        List<Numbered> shown = more ? entries.subList(0, limit) : entries;
        ObjectNode json = Json.object();
        json.set("entries", Json.array(shown, AuditEndpoints::describe));
        json.put("next_cursor", more ? String.valueOf(shown.getLast().number()) : null);
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
