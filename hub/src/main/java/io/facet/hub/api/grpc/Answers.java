package io.facet.hub.api.grpc;

import com.google.protobuf.Message;
import io.facet.error.FacetException;
import io.facet.hub.audit.AuditEntry;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** Answers calls, one message or a status with details, and has each written down. Thread-safe. */
record Answers(RpcAudit audit) {
    <T extends Message> void one(
            Rpc rpc, Message request, StreamObserver<T> caller, Supplier<T> work) {
        // With a handler set, an answer to somebody who left is dropped instead of thrown.
        ((ServerCallStreamObserver<T>) caller).setOnCancelHandler(() -> {});
        T answer;
        try {
            answer = rpc.changes() ? change(rpc, request, work) : read(rpc, request, work);
        } catch (RuntimeException failed) {
            caller.onError(Statuses.of(failed, rpc.method()));
            return;
        }
        caller.onNext(answer);
        caller.onCompleted();
    }

    private <T extends Message> T read(Rpc rpc, Message request, Supplier<T> work) {
        RpcAudit.Call call = audit.call(rpc, request);
        T answer;
        try {
            answer = work.get();
        } catch (RuntimeException failed) {
            throw refused(call, rpc, failed);
        }
        call.saw(answer);
        call.ended(AuditEntry.READ);
        return answer;
    }

    private <T extends Message> T change(Rpc rpc, Message request, Supplier<T> work) {
        RpcAudit.Call call = audit.call(rpc, request);
        call.beginChange();
        T answer;
        try {
            answer = work.get();
        } catch (RuntimeException failed) {
            throw refused(call, rpc, failed);
        }
        call.saw(answer);
        call.ended(AuditEntry.DONE);
        return answer;
    }

    private static StatusRuntimeException refused(
            RpcAudit.Call call, Rpc rpc, RuntimeException failed) {
        StatusRuntimeException status = Statuses.of(failed, rpc.method());
        if (failed instanceof FacetException known) {
            // A refusal may tell of somebody: a duplicate of whom.
            known.details().values().forEach(call::told);
        }
        call.ended(Statuses.wireName(status));
        return status;
    }
}
