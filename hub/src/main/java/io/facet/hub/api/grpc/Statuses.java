package io.facet.hub.api.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Errors to statuses: the one table beside the HTTP one of {@link ErrorCode}. Each carries {@code
 * google.rpc.ErrorInfo}: the code as reason, the domain {@code facet}, and in the metadata the
 * code's wire name as {@code code} with whatever else helps. Stateless.
 */
final class Statuses {
    private static final Logger LOG = LoggerFactory.getLogger(Statuses.class);
    private static final String DOMAIN = "facet";

    private Statuses() {}

    /** The status of a code. */
    static Status.Code of(ErrorCode code) {
        return switch (code) {
            case INVALID_ARGUMENT,
                    INVALID_CONFIGURATION,
                    IMAGE_UNREADABLE,
                    UNSUPPORTED_MEDIA_TYPE,
                    NOT_ACCEPTABLE,
                    PRECONDITION_REQUIRED,
                    IDEMPOTENCY_KEY_REUSED ->
                    Status.Code.INVALID_ARGUMENT;
            case UNAUTHENTICATED -> Status.Code.UNAUTHENTICATED;
            case PERMISSION_DENIED, LICENCE_NOT_ACCEPTED -> Status.Code.PERMISSION_DENIED;
            case NOT_FOUND, GONE -> Status.Code.NOT_FOUND;
            case METHOD_NOT_ALLOWED -> Status.Code.UNIMPLEMENTED;
            case ALREADY_EXISTS -> Status.Code.ALREADY_EXISTS;
            case CONFLICT, PRECONDITION_FAILED -> Status.Code.ABORTED;
            case NO_FACE, SEVERAL_FACES, QUALITY_TOO_LOW, LIVENESS_FAILED, SPACE_MISMATCH ->
                    Status.Code.FAILED_PRECONDITION;
            case IMAGE_TOO_LARGE, REQUEST_TOO_LARGE, RATE_LIMITED, DISK_FULL ->
                    Status.Code.RESOURCE_EXHAUSTED;
            case MODEL_UNAVAILABLE, UNAVAILABLE, CAMERA_UNAVAILABLE, PORT_IN_USE ->
                    Status.Code.UNAVAILABLE;
            case CAMERA_SLOW -> Status.Code.DEADLINE_EXCEEDED;
            case MODEL_CORRUPT, INTERNAL -> Status.Code.INTERNAL;
        };
    }

    /** An error with more to say than a code and a sentence. */
    static StatusRuntimeException of(ErrorCode code, String detail, Map<String, String> more) {
        ErrorInfo info =
                ErrorInfo.newBuilder()
                        .setReason(code.name())
                        .setDomain(DOMAIN)
                        .putAllMetadata(more)
                        .putMetadata("code", code.wireName())
                        .build();
        return StatusProto.toStatusRuntimeException(
                com.google.rpc.Status.newBuilder()
                        .setCode(of(code).value())
                        .setMessage(detail)
                        .addDetails(Any.pack(info))
                        .build());
    }

    /** Whatever a call threw; faults are logged and say nothing of themselves. */
    static StatusRuntimeException of(RuntimeException thrown, String call) {
        Context context = Context.current();
        if (context.isCancelled()) {
            return Contexts.statusFromCancelled(context).asRuntimeException();
        }
        return switch (thrown) {
            case StatusRuntimeException told -> told;
            case FacetException known -> known(known, call);
            // Values check themselves; their message says what is wrong.
            case IllegalArgumentException wrong ->
                    of(ErrorCode.INVALID_ARGUMENT, message(wrong), Map.of());
            default -> {
                LOG.error("{} failed", call, thrown);
                yield of(ErrorCode.INTERNAL, "the hub failed; its log says more", Map.of());
            }
        };
    }

    /** Our code of a status made here; the status's own name for one that was not. */
    static String wireName(StatusRuntimeException status) {
        com.google.rpc.@Nullable Status full = StatusProto.fromThrowable(status);
        return Optional.ofNullable(full).stream()
                .flatMap(s -> s.getDetailsList().stream())
                .map(Statuses::code)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> status.getStatus().getCode().name().toLowerCase(Locale.ROOT));
    }

    /** Our code of a status that carries one. */
    static Optional<ErrorCode> code(StatusRuntimeException status) {
        String name = wireName(status);
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.wireName().equals(name))
                .findFirst();
    }

    private static Optional<String> code(Any detail) {
        try {
            return detail.is(ErrorInfo.class)
                    ? Optional.ofNullable(
                            detail.unpack(ErrorInfo.class).getMetadataMap().get("code"))
                    : Optional.empty();
        } catch (InvalidProtocolBufferException foreign) {
            return Optional.empty();
        }
    }

    static String detail(StatusRuntimeException status) {
        return Optional.ofNullable(status.getStatus().getDescription()).orElse("");
    }

    private static StatusRuntimeException known(FacetException known, String call) {
        if (known.code() == ErrorCode.INTERNAL) {
            LOG.error("{} failed", call, known);
        }
        return of(known.code(), known.reason(), known.details());
    }

    private static String message(IllegalArgumentException wrong) {
        return Optional.ofNullable(wrong.getMessage()).orElse("a value is not valid");
    }
}
