package io.facet.hub.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.facet.hub.security.Role;
import io.facet.hub.services.HubServices;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.NoWebFront;
import io.facet.model.SiteScope;
import io.facet.vision.pipeline.Vision;
import io.facet.wire.rpc.v1.FaceRecognitionGrpc;
import io.facet.wire.rpc.v1.FaceRecognitionGrpc.FaceRecognitionBlockingStub;
import io.facet.wire.rpc.v1.FaceRecognitionGrpc.FaceRecognitionStub;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A whole hub and a channel to its gRPC port. */
final class GrpcHub implements AutoCloseable {
    static final Metadata.Key<String> API_KEY =
            Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER);

    private final DevHub hub;
    private final ManagedChannel channel;

    private GrpcHub(DevHub hub) {
        this.hub = hub;
        this.channel = newChannel();
    }

    static GrpcHub in(Path data, Vision vision) {
        return new GrpcHub(DevHub.in(data, new NoWebFront(), vision));
    }

    /** Another connection; closed by whoever asked for it. */
    ManagedChannel newChannel() {
        return ManagedChannelBuilder.forAddress("127.0.0.1", hub.grpcPort())
                .usePlaintext()
                .maxInboundMessageSize(64 * 1024 * 1024)
                .build();
    }

    HubServices services() {
        return hub.services();
    }

    ManagedChannel channel() {
        return channel;
    }

    String key(Role role) {
        return services().apiKeys().issue("test", role, SiteScope.ALL).key().reveal();
    }

    static ClientInterceptor with(Metadata.Key<String> name, String value) {
        Metadata headers = new Metadata();
        headers.put(name, value);
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }

    static ClientInterceptor with(String key) {
        return with(API_KEY, key);
    }

    FaceRecognitionBlockingStub as(Role role) {
        return FaceRecognitionGrpc.newBlockingStub(channel).withInterceptors(with(key(role)));
    }

    FaceRecognitionStub streaming(Role role) {
        return FaceRecognitionGrpc.newStub(channel).withInterceptors(with(key(role)));
    }

    static ByteString image(byte[] file) {
        return ByteString.copyFrom(file);
    }

    /** What a call is refused with: its status, and the details every refusal has. */
    record Refusal(Status.Code status, String reason, ErrorInfo info, String detail) {}

    static Refusal refusal(ThrowingCallable call) {
        StatusRuntimeException thrown = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(thrown).as("a refusal").isNotNull();
        ErrorInfo info = info(thrown);
        assertThat(info.getDomain()).as(thrown.toString()).isEqualTo("facet");
        assertThat(info.getMetadataMap()).containsKey("code");
        return new Refusal(
                thrown.getStatus().getCode(),
                info.getReason(),
                info,
                String.valueOf(thrown.getStatus().getDescription()));
    }

    static ErrorInfo info(StatusRuntimeException thrown) {
        com.google.rpc.Status status = StatusProto.fromThrowable(thrown);
        if (status == null) {
            throw new AssertionError("no details", thrown);
        }
        for (Any detail : status.getDetailsList()) {
            if (detail.is(ErrorInfo.class)) {
                try {
                    return detail.unpack(ErrorInfo.class);
                } catch (InvalidProtocolBufferException damaged) {
                    throw new AssertionError(damaged);
                }
            }
        }
        throw new AssertionError("no ErrorInfo in " + status, thrown);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        hub.close();
    }
}
