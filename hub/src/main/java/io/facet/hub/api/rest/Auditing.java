package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.audit.AuditEntry;
import io.facet.hub.audit.AuditSubjects;
import io.facet.hub.security.Permission;
import io.facet.hub.security.Principal;
import io.facet.hub.services.Auditor;
import io.helidon.http.Method;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down calls that read personal data, before they are answered or when they are refused, and
 * calls that change anything, before they are made and again when they ended. Thread-safe.
 */
final class Auditing {
    private static final Logger LOG = LoggerFactory.getLogger(Auditing.class);

    private static final Set<Permission> PERSONAL =
            Set.of(
                    Permission.READ_PEOPLE,
                    Permission.MANAGE_PEOPLE,
                    Permission.RECOGNISE,
                    Permission.READ_EVENTS,
                    Permission.SYNC_GALLERY,
                    Permission.MANAGE_USERS,
                    Permission.READ_AUDIT,
                    Permission.MANAGE_SECURITY);

    /**
     * Refusals that tell a caller, or keep from them, whether there is such a person or picture.
     */
    private static final Set<ErrorCode> NOT_SHOWN =
            Set.of(ErrorCode.NOT_FOUND, ErrorCode.PERMISSION_DENIED);

    private static final List<String> IDS =
            List.of(
                    "face_id",
                    "person_id",
                    "camera_id",
                    "agent_id",
                    "user_id",
                    "rollout_id",
                    "sha256",
                    "prefix",
                    "event_id");

    private final Auditor auditor;

    Auditing(Auditor auditor) {
        this.auditor = auditor;
    }

    /**
     * Makes the call, as far as its entry can be written.
     *
     * @param action what makes it: the endpoint's own, or a repetition's kept answer
     */
    Reply run(Endpoint endpoint, Call call, @Nullable Principal principal, Endpoint.Action action)
            throws IOException {
        if (isChange(endpoint)) {
            return change(endpoint, call, principal, action);
        }
        if (!isPersonal(endpoint)) {
            return action.answer(call);
        }
        return read(endpoint, call, principal, action);
    }

    private Reply read(
            Endpoint endpoint, Call call, @Nullable Principal principal, Endpoint.Action action)
            throws IOException {
        Reply reply;
        try {
            reply = action.answer(call);
        } catch (FacetException refusal) {
            if (principal != null && NOT_SHOWN.contains(refusal.code())) {
                refused(endpoint, principal, subjects(endpoint, call, null), refusal);
            }
            throw refusal;
        }
        if (reply instanceof Reply.Live live) {
            return show(endpoint, call, principal, live);
        }
        auditor.trail()
                .note(entry(endpoint, principal, subjects(endpoint, call, reply), AuditEntry.READ));
        return reply;
    }

    /** What goes on is written down when it begins, and with whom it showed when it ended. */
    private Reply show(
            Endpoint endpoint, Call call, @Nullable Principal principal, Reply.Live live) {
        AuditEntry begun =
                entry(endpoint, principal, subjects(endpoint, call, live), AuditEntry.BEGUN);
        try {
            auditor.trail().note(begun);
        } catch (FacetException unwritable) {
            live.show().close();
            throw unwritable;
        }
        return new Reply.Live(
                live.contentType(),
                new Reply.Live.Show() {
                    @Override
                    public void write(OutputStream out) throws IOException {
                        live.show().write(out);
                    }

                    @Override
                    public void close() {
                        live.show().close();
                        showEnded(begun, subjects(endpoint, call, live));
                    }
                });
    }

    private void showEnded(AuditEntry begun, List<String> subjects) {
        try {
            auditor.trail().note(auditor.ended(begun, subjects, AuditEntry.READ));
        } catch (FacetException unwritable) {
            LOG.error("the end of a live picture is missing in the audit log", unwritable);
        }
    }

    /** Somebody known asked for what their role may not have. */
    void refused(Endpoint endpoint, Principal principal, FacetException refusal) {
        refused(endpoint, principal, List.of(), refusal);
    }

    private void refused(
            Endpoint endpoint, Principal principal, List<String> subjects, FacetException refusal) {
        auditor.trail().refused(entry(endpoint, principal, subjects, refusal.code().wireName()));
    }

    private Reply change(
            Endpoint endpoint, Call call, @Nullable Principal principal, Endpoint.Action action)
            throws IOException {
        List<String> named = subjects(endpoint, call, null);
        AuditEntry begun = entry(endpoint, principal, named, AuditEntry.BEGUN);
        auditor.trail().change(begun);
        try {
            Reply reply = action.answer(call);
            auditor.trail()
                    .note(auditor.ended(begun, subjects(endpoint, call, reply), AuditEntry.DONE));
            return reply;
        } catch (FacetException refusal) {
            auditor.trail()
                    .note(
                            auditor.ended(
                                    begun,
                                    subjects(endpoint, call, null),
                                    refusal.code().wireName()));
            throw refusal;
        } catch (IOException | RuntimeException failure) {
            auditor.trail().note(auditor.ended(begun, subjects(endpoint, call, null), "failed"));
            throw failure;
        }
    }

    private AuditEntry entry(
            Endpoint endpoint,
            @Nullable Principal principal,
            List<String> subjects,
            String outcome) {
        return auditor.entry(
                Optional.ofNullable(principal),
                endpoint.method().text() + " " + endpoint.path(),
                subjects,
                outcome);
    }

    /** Recognising stores nothing: that is reading. */
    private static boolean isChange(Endpoint endpoint) {
        boolean dispatch =
                endpoint.access() instanceof Access.Needs needs
                        && needs.permission() == Permission.DISPATCH_EVENTS;
        boolean recognise =
                endpoint.access() instanceof Access.Needs needs
                        && needs.permission() == Permission.RECOGNISE;
        return dispatch
                || endpoint.spec().has(Spec.Rule.CHANGES)
                || (!endpoint.method().equals(Method.GET) && !recognise);
    }

    private static boolean isPersonal(Endpoint endpoint) {
        return endpoint.access() instanceof Access.Needs needs
                && PERSONAL.contains(needs.permission());
    }

    /** Ids in the address and in the answer, and nothing that is no id. */
    private static List<String> subjects(Endpoint endpoint, Call call, @Nullable Reply reply) {
        AuditSubjects found = new AuditSubjects();
        for (String name : IDS) {
            if (endpoint.path().contains("{" + name + "}")) {
                found.add(call.path(name, text -> text));
            }
        }
        call.subjects().forEach(found::add);
        if (reply instanceof Reply.Json json) {
            IDS.forEach(name -> found.add(json.body().path(name).asText()));
            people(json.body(), found);
        }
        return found.ids();
    }

    private static void people(JsonNode node, AuditSubjects found) {
        for (JsonNode child : node) {
            found.add(child.path("person_id").asText());
            people(child, found);
        }
    }
}
