package io.facet.bench;

import com.google.protobuf.ByteString;
import io.facet.bench.ApiReport.Load;
import io.facet.cli.client.HubClient;
import io.facet.hub.Hub;
import io.facet.hub.people.Enrolment;
import io.facet.hub.people.OnDuplicate;
import io.facet.hub.recognition.RecognitionService.Options;
import io.facet.hub.security.Role;
import io.facet.model.SiteScope;
import io.facet.wire.rpc.v1.FaceRecognitionGrpc;
import io.facet.wire.rpc.v1.FaceRecognitionGrpc.FaceRecognitionBlockingStub;
import io.facet.wire.rpc.v1.GetFaceQualityRequest;
import io.facet.wire.rpc.v1.ListFacesRequest;
import io.facet.wire.rpc.v1.RecognizeFacesRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The hub's gRPC and REST through loopback. Every picture sent is another file (a counter follows
 * its end), so that no cache answers for the networks. One thread's.
 */
final class CallsBench {
    private static final int[] CLIENTS = {1, 8, 64};

    private final Hub hub;
    private final List<byte[]> pictures;
    private final Duration each;
    private final Consumer<String> say;
    private final AtomicInteger sent = new AtomicInteger();

    /**
     * Prepares a bench.
     *
     * @param hub running and empty; not closed
     * @param pictures JPEG files with one face each
     * @param each time for each call and number of clients
     */
    CallsBench(Hub hub, List<byte[]> pictures, Duration each, Consumer<String> say) {
        this.hub = hub;
        this.pictures = List.copyOf(pictures);
        this.each = each;
        this.say = say;
    }

    ApiReport.Calls run() throws InterruptedException {
        enrol();
        ManagedChannel channel =
                ManagedChannelBuilder.forAddress("127.0.0.1", hub.grpcPort())
                        .usePlaintext()
                        .build();
        try {
            String key = key();
            return measure(stub(channel, key), rest(key));
        } finally {
            channel.shutdownNow();
        }
    }

    private void enrol() {
        for (int i = 0; i < pictures.size(); i++) {
            var _ =
                    hub.services()
                            .people()
                            .enrol(
                                    new Enrolment(
                                            pictures.get(i),
                                            "Bench " + i,
                                            Optional.empty(),
                                            Optional.empty(),
                                            Map.of(),
                                            OnDuplicate.ALLOW));
        }
        say.accept(hub.services().people().countFaces() + " faces are enrolled");
    }

    private String key() {
        return hub.services().apiKeys().issue("bench", Role.SERVICE, SiteScope.ALL).key().reveal();
    }

    private static FaceRecognitionBlockingStub stub(ManagedChannel channel, String key) {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER), key);
        return FaceRecognitionGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    private HubClient rest(String key) {
        return new HubClient(URI.create("http://127.0.0.1:" + hub.port()), key);
    }

    private ApiReport.Calls measure(FaceRecognitionBlockingStub stub, HubClient rest)
            throws InterruptedException {
        Runnable recognize = () -> stub.recognizeFaces(probe());
        Runnable inProcess = () -> hub.services().recognition().recognise(next(), Options.DEFAULT);
        say.accept("warming up");
        ClosedLoop.run(2, each, recognize);
        double[] medians = medians(inProcess, recognize);
        Map<String, List<Load>> calls = new LinkedHashMap<>();
        calls.put("RecognizeFaces", loads("RecognizeFaces", recognize));
        calls.put(
                "RecognizeFacesRest",
                loads("RecognizeFacesRest", () -> rest.recognize(next(), Map.of()).orThrow()));
        calls.put(
                "ListFaces",
                loads("ListFaces", () -> stub.listFaces(ListFacesRequest.getDefaultInstance())));
        calls.put("GetFaceQuality", loads("GetFaceQuality", () -> stub.getFaceQuality(quality())));
        return new ApiReport.Calls(
                (int) hub.services().people().countFaces(),
                medians[0],
                medians[1],
                medians[1] - medians[0],
                calls);
    }

    /** Turn by turn, so that both see the same machine. */
    private double[] medians(Runnable inProcess, Runnable grpc) {
        say.accept("measuring the overhead of one client");
        List<Double> direct = new ArrayList<>();
        List<Double> called = new ArrayList<>();
        long end = System.nanoTime() + 2 * each.toNanos();
        while (System.nanoTime() < end) {
            direct.add(millis(inProcess));
            called.add(millis(grpc));
        }
        return new double[] {
            ClosedLoop.median(direct.stream().mapToDouble(m -> m)),
            ClosedLoop.median(called.stream().mapToDouble(m -> m))
        };
    }

    private static double millis(Runnable work) {
        long before = System.nanoTime();
        work.run();
        return (System.nanoTime() - before) / 1e6;
    }

    private List<Load> loads(String name, Runnable call) throws InterruptedException {
        List<Load> loads = new ArrayList<>();
        for (int clients : CLIENTS) {
            say.accept(name + " from " + clients + " clients");
            loads.add(ClosedLoop.run(clients, each, call));
        }
        return loads;
    }

    private RecognizeFacesRequest probe() {
        return RecognizeFacesRequest.newBuilder().setImageData(ByteString.copyFrom(next())).build();
    }

    private GetFaceQualityRequest quality() {
        return GetFaceQualityRequest.newBuilder().setImageData(ByteString.copyFrom(next())).build();
    }

    /** The next picture, as a file nobody has seen: decoders stop at its end, hashes do not. */
    private byte[] next() {
        int number = sent.getAndIncrement();
        byte[] picture = pictures.get(number % pictures.size());
        return ByteBuffer.allocate(picture.length + Integer.BYTES)
                .put(picture)
                .putInt(number)
                .array();
    }
}
