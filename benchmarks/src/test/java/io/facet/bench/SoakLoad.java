package io.facet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.facet.cli.client.HubClient;
import io.facet.wire.rpc.v1.FaceRecognitionGrpc;
import io.facet.wire.rpc.v1.FaceRecognitionGrpc.FaceRecognitionBlockingStub;
import io.facet.wire.rpc.v1.ListFacesRequest;
import io.facet.wire.rpc.v1.RecognizeFacesRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Everybody who uses a hub at once, each without a pause but the box: programs that recognise over
 * gRPC and REST and list, one that enrols and deletes, one that reads the page and its lists, a box
 * that sends events, and viewers. Thread-safe.
 */
final class SoakLoad implements AutoCloseable {
    private static final int VIEWERS = 20;
    private static final int BATCH = 20;
    private static final long BATCH_EVERY_MS = 200;

    private final HubProcess hub;
    private final HubClient client;
    private final List<byte[]> pictures;
    private final ManagedChannel channel;
    private final FaceRecognitionBlockingStub stub;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger next = new AtomicInteger();
    private final Map<String, AtomicLong> done = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<BenchViewer> viewers = new ArrayList<>();
    private final AtomicLong seen = new AtomicLong();
    private volatile boolean over;

    SoakLoad(HubProcess hub, List<byte[]> pictures) throws IOException {
        this.hub = hub;
        this.client = hub.client();
        this.pictures = List.copyOf(pictures);
        this.channel =
                ManagedChannelBuilder.forAddress("127.0.0.1", hub.grpcPort())
                        .usePlaintext()
                        .build();
        Metadata key = new Metadata();
        key.put(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER), hub.adminKey());
        this.stub =
                FaceRecognitionGrpc.newBlockingStub(channel)
                        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(key));
    }

    /** One round of somebody's work. */
    @FunctionalInterface
    private interface Round {
        void run() throws Exception;
    }

    void start(EventsBench.Lane box) throws IOException, InterruptedException {
        watch();
        repeat("recognize_grpc", () -> stub.recognizeFaces(recognition()));
        repeat("recognize_rest", () -> client.recognize(picture(), Map.of()).orThrow());
        repeat("list", () -> stub.listFaces(ListFacesRequest.getDefaultInstance()));
        repeat("enrol_delete", this::enrolAndDelete);
        repeat("page", this::readPage);
        repeat(
                "events",
                () -> {
                    box.send(box.events().make(BATCH));
                    Thread.sleep(BATCH_EVERY_MS);
                });
    }

    private void watch() throws IOException, InterruptedException {
        CountDownLatch subscribed = new CountDownLatch(VIEWERS);
        for (int i = 0; i < VIEWERS; i++) {
            viewers.add(
                    new BenchViewer(
                            http,
                            hub.base().getPort(),
                            hub.adminKey(),
                            subscribed,
                            _ -> seen.incrementAndGet()));
        }
        if (!subscribed.await(2, TimeUnit.MINUTES)) {
            throw new IOException(subscribed.getCount() + " viewers could not subscribe");
        }
    }

    private void repeat(String name, Round round) {
        AtomicLong rounds = done.computeIfAbsent(name, _ -> new AtomicLong());
        threads.add(
                Thread.ofVirtual()
                        .name(name)
                        .start(() -> {
                            while (!over) {
                                attempt(name, round);
                                rounds.incrementAndGet();
                            }
                        }));
    }

    @SuppressWarnings("CatchingUnchecked") // whatever it is, the run has failed and says how
    private void attempt(String name, Round round) {
        try {
            round.run();
        } catch (Exception failure) {
            failures.add(name + ": " + failure);
        }
    }

    private RecognizeFacesRequest recognition() {
        return RecognizeFacesRequest.newBuilder()
                .setImageData(ByteString.copyFrom(picture()))
                .build();
    }

    private void enrolAndDelete() {
        JsonNode face =
                client.register(
                                "Soak " + next.get(),
                                pictures.getFirst(),
                                Map.of("on_duplicate", "allow"))
                        .orThrow();
        client.delete("/api/v1/people/" + face.path("person_id").asText()).orThrow();
    }

    private void readPage() throws IOException, InterruptedException {
        int status =
                http.send(HttpRequest.newBuilder(hub.base()).build(), BodyHandlers.discarding())
                        .statusCode();
        if (status != 200) {
            throw new IOException("the page answers " + status);
        }
        for (String path :
                List.of(
                        "people",
                        "cameras",
                        "devices",
                        "events",
                        "alerts",
                        "health",
                        "watchlists")) {
            client.get("/api/v1/" + path).orThrow();
        }
    }

    /** The next picture, as a file nobody has seen: decoders stop at its end, hashes do not. */
    private byte[] picture() {
        int number = next.getAndIncrement();
        byte[] picture = pictures.get(number % pictures.size());
        return ByteBuffer.allocate(picture.length + Integer.BYTES)
                .put(picture)
                .putInt(number)
                .array();
    }

    /** What went wrong so far. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Rounds by name. */
    Map<String, Long> done() {
        Map<String, Long> rounds = new TreeMap<>();
        done.forEach((name, count) -> rounds.put(name, count.get()));
        return rounds;
    }

    /** Events that viewers have seen, all together. */
    long seen() {
        return seen.get();
    }

    /** Viewers that the hub dropped. */
    long lost() {
        return viewers.stream().filter(BenchViewer::lost).count();
    }

    /** Lets everybody finish their round. */
    void stop() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Override
    public void close() {
        over = true;
        viewers.forEach(BenchViewer::close);
        channel.shutdownNow();
        http.shutdownNow();
    }
}
