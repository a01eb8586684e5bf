package io.facet.hub.api.grpc;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.admission.ClientAddress;
import io.facet.hub.admission.RequestLimits;
import io.facet.hub.security.Authenticator;
import io.facet.hub.security.Principal;
import io.facet.hub.services.Auditor;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthGrpc;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Lets calls in: health for anybody, reflection for anybody with a credential, each call of the
 * service for whoever has its permission, nothing else. A key comes as {@code x-api-key} or {@code
 * authorization: Bearer}.
 */
final class SignIn implements ServerInterceptor {
    private static final Metadata.Key<String> API_KEY =
            Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> FORWARDED_FOR =
            Metadata.Key.of("x-forwarded-for", Metadata.ASCII_STRING_MARSHALLER);
    private static final String BEARER = "bearer ";
    private static final Set<String> REFLECTION =
            Set.of(
                    "grpc.reflection.v1.ServerReflection",
                    "grpc.reflection.v1alpha.ServerReflection");

    private final Authenticator authenticator;
    private final Auditor auditor;
    private final RequestLimits limits;

    SignIn(Authenticator authenticator, Auditor auditor, RequestLimits limits) {
        this.authenticator = authenticator;
        this.auditor = auditor;
        this.limits = limits;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        String service =
                Optional.ofNullable(call.getMethodDescriptor().getServiceName()).orElse("");
        try {
            if (service.equals(HealthGrpc.SERVICE_NAME)) {
                limits.countAddress(address(call, headers));
                return next.startCall(call, headers);
            }
            Caller caller = counted(call, headers);
            if (!REFLECTION.contains(service)) {
                require(caller.principal(), rpc(call));
            }
            return Contexts.interceptCall(caller.context(), call, headers, next);
        } catch (RuntimeException refused) {
            StatusRuntimeException status = Statuses.of(refused, rpcName(call));
            Metadata trailers = Optional.ofNullable(status.getTrailers()).orElseGet(Metadata::new);
            call.close(status.getStatus(), trailers);
            return new ServerCall.Listener<>() {};
        }
    }

    /** Somebody known who asks for what they may not have is written down. */
    private void require(Principal principal, Rpc rpc) {
        try {
            principal.require(rpc.permission());
        } catch (FacetException refusal) {
            auditor.note(principal, rpc.method(), List.of(), refusal.code().wireName());
            throw refusal;
        }
    }

    private static Rpc rpc(ServerCall<?, ?> call) {
        return Rpc.of(rpcName(call))
                .orElseThrow(() ->
                        new FacetException(
                                ErrorCode.PERMISSION_DENIED, "nobody may make this call"));
    }

    private static String rpcName(ServerCall<?, ?> call) {
        return call.getMethodDescriptor().getFullMethodName();
    }

    /** Who calls, counted by their key, or by their address without a good one. */
    private Caller counted(ServerCall<?, ?> call, Metadata headers) {
        Optional<Caller> caller = key(headers).flatMap(this::caller);
        if (caller.isEmpty()) {
            limits.countAddress(address(call, headers));
            throw unauthenticated();
        }
        limits.countKey(caller.get().principal().id());
        return caller.get();
    }

    private Optional<Caller> caller(String key) {
        return authenticator
                .byKey(key)
                .map(principal -> new Caller(principal, () -> authenticator.byKey(key)));
    }

    private static String address(ServerCall<?, ?> call, Metadata headers) {
        return Optional.ofNullable(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR))
                .map(peer ->
                        ClientAddress.of(peer, Optional.ofNullable(headers.get(FORWARDED_FOR))))
                .orElse("");
    }

    private static Optional<String> key(Metadata headers) {
        return Optional.ofNullable(headers.get(API_KEY))
                .or(() ->
                        Optional.ofNullable(headers.get(AUTHORIZATION))
                                .filter(v -> v.toLowerCase(Locale.ROOT).startsWith(BEARER))
                                .map(v -> v.substring(BEARER.length()).trim()));
    }

    private static FacetException unauthenticated() {
        return new FacetException(
                ErrorCode.UNAUTHENTICATED,
                "send a valid key as metadata x-api-key or authorization: Bearer");
    }
}
