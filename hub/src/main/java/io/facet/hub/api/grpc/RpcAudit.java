package io.facet.hub.api.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import io.facet.error.FacetException;
import io.facet.hub.audit.AuditEntry;
import io.facet.hub.audit.AuditSubjects;
import io.facet.hub.services.Auditor;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes calls into the audit log with the ids of their messages. A call is one entry when it was a
 * read, two when it changes something or is a stream: begun, and ended. Thread-safe.
 */
record RpcAudit(Auditor auditor) {
    private static final Logger LOG = LoggerFactory.getLogger(RpcAudit.class);
    private static final Set<String> DONE = Set.of(AuditEntry.READ, AuditEntry.DONE);
    private static final Set<String> IDS = Set.of("face_id", "person_id", "camera_id", "event_id");

    /** The call of the present caller. */
    Call call(Rpc rpc, Message request) {
        return new Call(auditor, Caller.current(), rpc, request);
    }

    /** One call. Thread-safe. */
    static final class Call {
        private final Auditor auditor;
        private final Caller caller;
        private final AuditSubjects subjects = new AuditSubjects();
        private final AuditEntry begun;
        private boolean written;

        private Call(Auditor auditor, Caller caller, Rpc rpc, Message request) {
            this.auditor = auditor;
            this.caller = caller;
            collect(request, subjects);
            begun =
                    auditor.entry(
                            Optional.of(caller.principal()),
                            rpc.method(),
                            subjects.ids(),
                            AuditEntry.BEGUN);
        }

        Caller caller() {
            return caller;
        }

        /**
         * Before a change; returns when it is durable.
         *
         * @throws FacetException {@code UNAVAILABLE}: the change must not be made
         */
        synchronized void beginChange() {
            written = true;
            auditor.trail().change(begun);
        }

        /**
         * Before a stream.
         *
         * @throws FacetException {@code UNAVAILABLE}: nothing must be shown
         */
        synchronized void beginRead() {
            written = true;
            auditor.trail().note(begun);
        }

        /** Remembers whom an answer is about. */
        synchronized void saw(Message answer) {
            collect(answer, subjects);
        }

        /** Remembers a detail of a refusal, if it is an id. */
        synchronized void told(String detail) {
            subjects.add(detail);
        }

        /**
         * The call is answered next.
         *
         * @throws FacetException {@code UNAVAILABLE}: the answer must not be given
         */
        synchronized void ended(String outcome) {
            AuditEntry ended = auditor.ended(begun, subjects.ids(), outcome);
            if (written || DONE.contains(outcome)) {
                auditor.trail().note(ended);
            } else {
                auditor.trail().refused(ended);
            }
        }

        /** The stream is over: there is nothing left to refuse. */
        void streamEnded(String outcome) {
            try {
                ended(outcome);
            } catch (FacetException unwritable) {
                LOG.error("the end of a stream is missing in the audit log", unwritable);
            }
        }
    }

    /** Ids by the names that fields have in every message; all else may be a name or a picture. */
    private static void collect(Message message, AuditSubjects into) {
        message.getAllFields()
                .forEach((field, value) -> {
                    if (field.getJavaType() == JavaType.MESSAGE) {
                        each(field, value).forEach(child -> collect((Message) child, into));
                    } else if (field.getJavaType() == JavaType.STRING
                            && IDS.contains(field.getName())) {
                        each(field, value).forEach(id -> into.add((String) id));
                    }
                });
    }

    private static Collection<?> each(FieldDescriptor field, Object value) {
        return field.isRepeated() ? (Collection<?>) value : List.of(value);
    }
}
