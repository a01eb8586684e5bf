package io.facet.hub.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.hub.HubWebFront;
import io.facet.hub.security.Role;
import io.facet.hub.testing.DevHub;
import io.facet.model.SiteScope;
import io.facet.wire.rpc.v1.FaceRecognitionGrpc;
import io.facet.wire.rpc.v1.FaceRecognitionGrpc.FaceRecognitionBlockingStub;
import io.facet.wire.rpc.v1.ListFacesRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks too much, over REST and gRPC of one hub. */
@SuppressWarnings("NullAway.Init") // started before the tests
class RequestLimitsIT {
    private static final int REQUESTS = 10;
    private static final int ANONYMOUS = 5;

    @TempDir static Path data;

    private static DevHub hub;
    private static ManagedChannel channel;

    @BeforeAll
    static void start() {
        hub =
                DevHub.in(
                        data,
                        new HubWebFront(),
                        "{\"limits\": {\"requests_per_minute\": "
                                + REQUESTS
                                + ", \"anonymous_per_minute\": "
                                + ANONYMOUS
                                + "}}");
        channel =
                ManagedChannelBuilder.forAddress("127.0.0.1", hub.grpcPort())
                        .usePlaintext()
                        .build();
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        hub.close();
    }

    private static String key() {
        return hub.services().apiKeys().issue("k", Role.VIEWER, SiteScope.ALL).key().reveal();
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + hub.port() + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(address).headers(headers).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    /** Asks until refused; far more often than the limit, so that slow runs are refused too. */
    private static HttpResponse<String> refused(String path, String... headers) throws Exception {
        HttpResponse<String> answer = get(path, headers);
        for (int i = 0; answer.statusCode() != 429 && i < 500; i++) {
            answer = get(path, headers);
        }
        return answer;
    }

    private static StatusRuntimeException refused(FaceRecognitionBlockingStub stub) {
        for (int i = 0; i < 500; i++) {
            try {
                var _ = stub.listFaces(ListFacesRequest.getDefaultInstance());
            } catch (StatusRuntimeException refusal) {
                return refusal;
            }
        }
        throw new AssertionError("never refused");
    }

    private static void assertTooMany(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("\"code\":\"rate_limited\"", "\"retry_after\":");
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
    }

    @Test
    void aKeyIsLimitedOverRestAndGrpcTogether() throws Exception {
        String greedy = key();
        assertTooMany(refused("/api/v1/people", "X-API-Key", greedy));
        FaceRecognitionBlockingStub stub = FaceRecognitionGrpc.newBlockingStub(channel);
        FaceRecognitionBlockingStub hers = stub.withInterceptors(GrpcHub.with(greedy));
        StatusRuntimeException refusal = refused(hers);
        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(GrpcHub.info(refusal).getMetadataMap())
                .containsEntry("code", "rate_limited")
                .containsKey("retry_after");
        String modest = key();
        assertThat(get("/api/v1/people", "X-API-Key", modest).statusCode()).isEqualTo(200);
        assertThat(
                        stub.withInterceptors(GrpcHub.with(modest))
                                .listFaces(ListFacesRequest.getDefaultInstance())
                                .getFacesCount())
                .isZero();
    }

    @Test
    void strangersAreLimitedByAddressAndThoseWithAKeyAreNot() throws Exception {
        assertTooMany(
                refused("/api/v1/people", "X-API-Key", "wrong", "X-Forwarded-For", "192.0.2.1"));
        // One open call counts in the same bucket.
        assertTooMany(refused("/health/live", "X-Forwarded-For", "192.0.2.1"));
        assertThat(
                        get("/api/v1/people", "X-API-Key", key(), "X-Forwarded-For", "192.0.2.1")
                                .statusCode())
                .isEqualTo(200);
        assertThat(get("/api/v1/people", "X-Forwarded-For", "192.0.2.2").statusCode())
                .isEqualTo(401);
    }
}
