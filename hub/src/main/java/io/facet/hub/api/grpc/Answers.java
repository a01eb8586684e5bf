package io.facet.hub.api.grpc;

import io.grpc.MethodDescriptor;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** Answers calls: one message, or a status with details. Stateless. */
final class Answers {
    private Answers() {}

    static <T> void one(MethodDescriptor<?, T> call, StreamObserver<T> caller, Supplier<T> work) {
        // With a handler set, an answer to somebody who left is dropped instead of thrown.
        ((ServerCallStreamObserver<T>) caller).setOnCancelHandler(() -> {});
        T answer;
        try {
            answer = work.get();
        } catch (RuntimeException failed) {
            caller.onError(Statuses.of(failed, call.getFullMethodName()));
            return;
        }
        caller.onNext(answer);
        caller.onCompleted();
    }
}
