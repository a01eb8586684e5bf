package io.facet.hub.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.security.Role;
import io.facet.hub.testing.FakeVision;
import io.facet.model.AgentId;
import io.facet.model.SiteId;
import io.facet.wire.rpc.v1.FaceRecognitionGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may call what. */
@SuppressWarnings("NullAway.Init") // started before the tests
class GrpcAccessIT {
    @TempDir static Path data;

    private static GrpcHub hub;

    @BeforeAll
    static void start() {
        hub = GrpcHub.in(data, new FakeVision());
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void everyCallOfTheServiceSaysWhatItNeeds() {
        assertThat(FaceRecognitionGrpc.getServiceDescriptor().getMethods())
                .extracting(MethodDescriptor::getFullMethodName)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Rpc.values()).map(Rpc::method).toList());
    }

    @Test
    void everyCallRefusesStrangersAndRolesThatLackItsPermission() {
        Metadata.Key<String> bearer =
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
        for (Rpc rpc : Rpc.values()) {
            for (ClientInterceptor credential :
                    List.of(
                            GrpcHub.with("wrong"),
                            GrpcHub.with(""),
                            GrpcHub.with(bearer, "Bearer wrong"),
                            GrpcHub.with(bearer, "Basic wrong"))) {
                assertThat(reason(rpc, credential)).as(rpc.method()).isEqualTo("UNAUTHENTICATED");
            }
            for (Role role : List.of(Role.ADMIN, Role.OPERATOR, Role.VIEWER, Role.SERVICE)) {
                boolean may = role.permissions().contains(rpc.permission());
                assertThat(reason(rpc, GrpcHub.with(hub.key(role))).equals("PERMISSION_DENIED"))
                        .as("%s is refused %s", role, rpc.method())
                        .isEqualTo(!may);
            }
            String box =
                    hub.services()
                            .devices()
                            .register(new AgentId("box-grpc"), SiteId.DEFAULT)
                            .key()
                            .reveal();
            assertThat(reason(rpc, GrpcHub.with(box))).isEqualTo("PERMISSION_DENIED");
        }
        String key = hub.key(Role.VIEWER);
        assertThat(reason(Rpc.LIST_FACES, GrpcHub.with(bearer, "Bearer " + key))).isEqualTo("OK");
    }

    /** The reason of an empty request's refusal, or OK when one came through. */
    private static String reason(Rpc rpc, ClientInterceptor credential) {
        MethodDescriptor<?, ?> method =
                FaceRecognitionGrpc.getServiceDescriptor().getMethods().stream()
                        .filter(m -> m.getFullMethodName().equals(rpc.method()))
                        .findFirst()
                        .orElseThrow();
        Channel channel = ClientInterceptors.intercept(hub.channel(), credential);
        return reason(method, channel);
    }

    private static <Q, R> String reason(MethodDescriptor<Q, R> method, Channel channel) {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        Q empty = method.parseRequest(new java.io.ByteArrayInputStream(new byte[0]));
        var call =
                channel.newCall(
                        method, CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS));
        StreamObserver<R> reader = observer(_ -> outcome.complete("OK"), outcome);
        switch (method.getType()) {
            case UNARY -> ClientCalls.asyncUnaryCall(call, empty, reader);
            case SERVER_STREAMING -> ClientCalls.asyncServerStreamingCall(call, empty, reader);
            case BIDI_STREAMING -> ClientCalls.asyncBidiStreamingCall(call, reader).onNext(empty);
            case CLIENT_STREAMING, UNKNOWN -> throw new AssertionError(method);
        }
        try {
            return outcome.join();
        } finally {
            call.cancel("seen enough", null);
        }
    }

    private static <R> StreamObserver<R> observer(
            Consumer<R> next, CompletableFuture<String> outcome) {
        return new StreamObserver<>() {
            @Override
            public void onNext(R message) {
                next.accept(message);
            }

            @Override
            public void onError(Throwable failed) {
                // Not when the answer is known and the call was cut for it.
                if (!outcome.isDone()) {
                    outcome.complete(GrpcHub.info((StatusRuntimeException) failed).getReason());
                }
            }

            @Override
            public void onCompleted() {
                outcome.complete("OK");
            }
        };
    }

    @Test
    void healthIsBareAndReflectionNeedsACredential() throws Exception {
        HealthCheckRequest ask =
                HealthCheckRequest.newBuilder()
                        .setService(FaceRecognitionGrpc.SERVICE_NAME)
                        .build();
        assertThat(HealthGrpc.newBlockingStub(hub.channel()).check(ask).getStatus())
                .isEqualTo(ServingStatus.SERVING);

        ServerReflectionRequest list =
                ServerReflectionRequest.newBuilder().setListServices("").build();
        assertThatThrownBy(() -> reflect(hub.channel(), list))
                .hasCauseInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("UNAUTHENTICATED");
        Channel signedIn =
                ClientInterceptors.intercept(hub.channel(), GrpcHub.with(hub.key(Role.VIEWER)));
        assertThat(reflect(signedIn, list).getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .contains(
                        "facet.v1.FaceRecognition",
                        "grpc.health.v1.Health",
                        "grpc.reflection.v1.ServerReflection");
        ServerReflectionRequest file =
                ServerReflectionRequest.newBuilder()
                        .setFileContainingSymbol("facet.v1.FaceRecognition")
                        .build();
        FileDescriptorProto proto =
                FileDescriptorProto.parseFrom(
                        reflect(signedIn, file)
                                .getFileDescriptorResponse()
                                .getFileDescriptorProto(0));
        assertThat(proto.getService(0).getMethodList())
                .extracting(m -> m.getName())
                .contains("RegisterFace", "RecognizeFaces", "WatchEvents", "RecognizeStream");
    }

    private static ServerReflectionResponse reflect(Channel channel, ServerReflectionRequest ask)
            throws Exception {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> to =
                ServerReflectionGrpc.newStub(channel)
                        .withDeadlineAfter(60, TimeUnit.SECONDS)
                        .serverReflectionInfo(
                                new StreamObserver<>() {
                                    @Override
                                    public void onNext(ServerReflectionResponse message) {
                                        answer.complete(message);
                                    }

                                    @Override
                                    public void onError(Throwable failed) {
                                        answer.completeExceptionally(failed);
                                    }

                                    @Override
                                    public void onCompleted() {}
                                });
        to.onNext(ask);
        to.onCompleted();
        return answer.get(60, TimeUnit.SECONDS);
    }

    @Test
    void theHubSaysWhereItListens() throws Exception {
        assertThat(
                        JsonMapper.builder()
                                .build()
                                .readTree(data.resolve("ports.json").toFile())
                                .path("grpc")
                                .asInt())
                .isEqualTo(portOfChannel());
    }

    private static int portOfChannel() {
        return Integer.parseInt(hub.channel().authority().replaceAll(".*:", ""));
    }

    @Test
    void beyondLoopbackWithoutTlsIsRefused() {
        assertThatThrownBy(() ->
                        new GrpcServer(
                                hub.services(), GrpcServer.Settings.plain("0.0.0.0", 0, false)))
                .isInstanceOfSatisfying(
                        FacetException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
                            assertThat(e.reason()).contains("allow_insecure");
                        });
        try (GrpcServer allowed =
                new GrpcServer(hub.services(), GrpcServer.Settings.plain("0.0.0.0", 0, true))) {
            assertThat(allowed.port()).isPositive();
        }
        assertThatThrownBy(() ->
                        new GrpcServer(
                                hub.services(),
                                GrpcServer.Settings.plain("127.0.0.1", portOfChannel(), false)))
                .isInstanceOfSatisfying(
                        FacetException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.PORT_IN_USE));
    }

    @Test
    void everyErrorCodeHasAStatusThatIsAFailure() {
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(Statuses.of(code))
                    .as(code.name())
                    .isNotIn(Status.Code.OK, Status.Code.UNKNOWN);
        }
    }
}
