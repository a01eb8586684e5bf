package io.facet.hub.api.grpc;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.health.Health;
import io.facet.hub.security.Hosts;
import io.facet.hub.services.Auditor;
import io.facet.hub.services.HubServices;
import io.facet.model.Uuid7;
import io.facet.wire.rpc.v1.FaceRecognitionGrpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gRPC listener: the service, health and reflection. Runs from its making on. */
public final class GrpcServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GrpcServer.class);

    /** Of a request beside its pictures: name, metadata, ids. */
    private static final int ENVELOPE = 1024 * 1024;

    private static final int METADATA = 16 * 1024;
    private static final int CALLS_OF_A_CONNECTION = 128;
    private static final int CALLS_AT_THE_GATE = 512;
    private static final int PICTURES_AT_THE_GATE = 16;

    /** How soon a stream whose key was revoked ends. */
    private static final int RECHECK_SECONDS = 30;

    private static final int HEALTH_SECONDS = 5;

    private static final String HOST = "hub.host";

    private final Health health;
    private final HealthStatusManager status = new HealthStatusManager();
    private final OpenStreams streams = new OpenStreams();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("grpc-timer").factory());
    private final Server server;

    /**
     * Where to listen.
     *
     * @param port 0 picks a free one
     * @param credentials of the server; without TLS only loopback is listened on
     * @param allowInsecure listen beyond loopback without TLS all the same
     */
    public record Settings(
            String host, int port, ServerCredentials credentials, boolean allowInsecure) {
        /** Without TLS. */
        public static Settings plain(String host, int port, boolean allowInsecure) {
            return new Settings(host, port, InsecureServerCredentials.create(), allowInsecure);
        }

        /** With TLS under what the key manager holds at each handshake. */
        public static Settings secured(String host, int port, KeyManager keys) {
            return new Settings(
                    host, port, TlsServerCredentials.newBuilder().keyManager(keys).build(), false);
        }
    }

    /**
     * Starts listening.
     *
     * @throws FacetException {@code PORT_IN_USE}, or {@code INVALID_CONFIGURATION} for an address
     *     beyond loopback without leave
     */
    public GrpcServer(HubServices hub, Settings settings) {
        checkAddress(settings);
        health = hub.health();
        server = build(hub, settings);
        start(settings);
        status.setStatus(FaceRecognitionGrpc.SERVICE_NAME, ServingStatus.SERVING);
        repeat(streams::recheck, RECHECK_SECONDS);
        repeat(this::tellHealth, HEALTH_SECONDS);
    }

    @SuppressWarnings("deprecation") // clients of before 2023 ask v1alpha
    private Server build(HubServices hub, Settings settings) {
        int imageBytes = hub.config().limits().imageBytes();
        Gate gate =
                new Gate(
                        2 * Runtime.getRuntime().availableProcessors(),
                        CALLS_AT_THE_GATE,
                        (long) PICTURES_AT_THE_GATE * imageBytes);
        FaceRecognitionService service =
                new FaceRecognitionService(
                        hub, gate, new Uuid7(hub.clock(), new SecureRandom()), executor, streams);
        return NettyServerBuilder.forAddress(
                        new InetSocketAddress(settings.host(), settings.port()),
                        settings.credentials())
                .executor(executor)
                .maxInboundMessageSize(
                        (int) Math.min(Integer.MAX_VALUE, (long) imageBytes + ENVELOPE))
                .maxInboundMetadataSize(METADATA)
                .maxConcurrentCallsPerConnection(CALLS_OF_A_CONNECTION)
                .handshakeTimeout(10, TimeUnit.SECONDS)
                .keepAliveTime(60, TimeUnit.SECONDS)
                .keepAliveTimeout(20, TimeUnit.SECONDS)
                .permitKeepAliveTime(20, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .maxConnectionIdle(30, TimeUnit.MINUTES)
                .intercept(
                        new SignIn(
                                hub.authenticator(), Auditor.of(hub), hub.safeguards().requests()))
                // Added last, so asked first: refusals are told of too.
                .intercept(new Metering(hub.monitoring().requests()))
                .addService(service)
                .addService(status.getHealthService())
                .addService(ProtoReflectionServiceV1.newInstance())
                .addService(io.grpc.protobuf.services.ProtoReflectionService.newInstance())
                .build();
    }

    private static void checkAddress(Settings settings) {
        boolean plain = settings.credentials() instanceof InsecureServerCredentials;
        if (plain && !Hosts.isLoopback(HOST, settings.host())) {
            Hosts.allowInsecure(HOST, settings.host(), settings.allowInsecure());
        }
    }

    private void start(Settings settings) {
        try {
            server.start();
        } catch (IOException taken) {
            close();
            throw new FacetException(
                    ErrorCode.PORT_IN_USE,
                    "port "
                            + settings.port()
                            + " of gRPC cannot be listened on; stop the other program or choose"
                            + " another hub.grpc_port",
                    taken);
        }
    }

    private void repeat(Runnable work, int seconds) {
        var _ =
                timer.scheduleWithFixedDelay(
                        () -> {
                            try {
                                work.run();
                            } catch (RuntimeException failure) {
                                LOG.warn("a periodic check of gRPC failed", failure);
                            }
                        },
                        seconds,
                        seconds,
                        TimeUnit.SECONDS);
    }

    private void tellHealth() {
        boolean well = health.check().stream().allMatch(Health.Part::ok);
        ServingStatus now = well ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
        status.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, now);
        status.setStatus(FaceRecognitionGrpc.SERVICE_NAME, now);
    }

    /** The port it listens on. */
    public int port() {
        return server.getPort();
    }

    /** Lets running calls end for a moment, then ends them. */
    @Override
    public void close() {
        timer.shutdownNow();
        status.enterTerminalState();
        server.shutdown();
        streams.endAll();
        try {
            if (!server.awaitTermination(2, TimeUnit.SECONDS)) {
                server.shutdownNow();
                server.awaitTermination(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            server.shutdownNow();
        }
        executor.shutdown();
    }
}
