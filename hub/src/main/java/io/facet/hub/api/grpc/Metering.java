package io.facet.hub.api.grpc;

import io.facet.error.ErrorCode;
import io.facet.hub.monitor.RequestObserver;
import io.facet.hub.monitor.RequestObserver.Answered;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;

/** Tells of every call that was answered, in the terms of HTTP. Thread-safe. */
final class Metering implements ServerInterceptor {
    private static final int OK = 200;
    private static final int CLIENT_LEFT = 499;
    private static final int TOO_LATE = 504;
    private static final int FAULT = 500;

    private final RequestObserver observer;

    Metering(RequestObserver observer) {
        this.observer = observer;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        long start = System.nanoTime();
        String method = call.getMethodDescriptor().getFullMethodName();
        ServerCall<Q, R> watched =
                new SimpleForwardingServerCall<>(call) {
                    @Override
                    public void close(Status status, Metadata trailers) {
                        tell(method, status, trailers, System.nanoTime() - start);
                        super.close(status, trailers);
                    }
                };
        return next.startCall(watched, headers);
    }

    private void tell(String method, Status status, Metadata trailers, long nanos) {
        Optional<ErrorCode> code =
                status.isOk()
                        ? Optional.empty()
                        : Statuses.code(status.asRuntimeException(trailers));
        int http = code.map(ErrorCode::httpStatus).orElseGet(() -> http(status.getCode()));
        observer.answered(
                new Answered("grpc", "POST", method, http, code, Duration.ofNanos(nanos)));
    }

    private static int http(Status.Code code) {
        return switch (code) {
            case OK -> OK;
            case CANCELLED -> CLIENT_LEFT;
            case DEADLINE_EXCEEDED -> TOO_LATE;
            default -> FAULT;
        };
    }
}
