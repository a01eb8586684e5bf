package io.facet.edge.sync;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.facet.crypto.SigningKeyPair;
import io.facet.model.AgentId;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import io.facet.wire.GalleryDigest;
import io.facet.wire.GalleryRequest;
import io.facet.wire.GalleryTerms;
import io.facet.wire.WireIds;
import io.facet.wire.v1.GalleryChange;
import io.facet.wire.v1.GalleryChanges;
import io.facet.wire.v1.GalleryPerson;
import io.facet.wire.v1.GalleryTemplate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The hub's sync over real HTTP: a log of changes, deltas and paged snapshots, digests. */
final class FakeGalleryHub implements AutoCloseable {
    static final EmbeddingSpace SPACE = new EmbeddingSpace("00112233445566ff", 8);
    static final String KEY = "device-key";
    static final AgentId AGENT = new AgentId("box-1");

    static final Duration LEASE = Duration.ofDays(30);

    volatile byte[] digestKey = new byte[GalleryTerms.BYTES];
    final SigningKeyPair keys = SigningKeyPair.generate();
    volatile SigningKeyPair signsWith = keys;

    /** Answers an earlier answer again, with its signature. */
    volatile boolean replays;

    private @Nullable Signed lastAnswer;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Signed(byte[] body, String signature) {}

    final List<String> requests = new CopyOnWriteArrayList<>();
    volatile int pageSize = 3;
    volatile long snapshotsBelow;
    volatile int status = 200;
    volatile boolean wrongDigest;

    /** Pages answered before the connection breaks; none breaks while negative. */
    final AtomicInteger breaksAfter = new AtomicInteger(-1);

    private final HttpServer server;
    private final List<GalleryChange> log = new ArrayList<>();
    private final Map<FaceId, GalleryTemplate> faces = new TreeMap<>();

    FakeGalleryHub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        server.createContext("/api/v1/sync/gallery", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    static FaceId face(int n) {
        return new FaceId(new UUID(0x7000L + ((long) n << 16), Long.MIN_VALUE | n));
    }

    static PersonId person(int n) {
        return new PersonId(new UUID(0x7001L + ((long) n << 16), Long.MIN_VALUE | n));
    }

    static Embedding embedding(int n) {
        float[] raw = new float[SPACE.dimension()];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (float) Math.sin(n * 7.3 + i * 1.7);
        }
        return Embedding.normalised(SPACE, raw);
    }

    synchronized long head() {
        return log.size();
    }

    synchronized void put(int face, int person, String name) {
        GalleryTemplate template =
                GalleryTemplate.newBuilder()
                        .setFaceId(WireIds.bytes(face(face).value()))
                        .setPersonId(WireIds.bytes(person(person).value()))
                        .setPersonName(name)
                        .setEmbedding(ByteString.copyFrom(embedding(face).toBytes()))
                        .build();
        faces.put(face(face), template);
        log.add(next().setPut(template).build());
    }

    synchronized void remove(int face) {
        faces.remove(face(face));
        log.add(next().setRemovedFaceId(WireIds.bytes(face(face).value())).build());
    }

    synchronized void rename(int person, String name) {
        ByteString id = WireIds.bytes(person(person).value());
        faces.replaceAll((_, t) ->
                t.getPersonId().equals(id) ? t.toBuilder().setPersonName(name).build() : t);
        log.add(next().setPerson(GalleryPerson.newBuilder().setPersonId(id).setName(name)).build());
    }

    synchronized void erase(int person) {
        ByteString id = WireIds.bytes(person(person).value());
        faces.values().removeIf(t -> t.getPersonId().equals(id));
        log.add(next().setRemovedPersonId(id).build());
    }

    synchronized byte[] digest() {
        GalleryDigest digest = new GalleryDigest();
        GalleryTerms terms = new GalleryTerms(digestKey);
        faces.forEach((face, t) ->
                digest.add(
                        terms.of(
                                face,
                                t.getPersonId().toByteArray(),
                                t.getEmbedding().toByteArray())));
        if (wrongDigest) {
            digest.add(terms.of(face(99), new byte[16], new byte[4]));
        }
        return digest.value();
    }

    private GalleryChange.Builder next() {
        return GalleryChange.newBuilder().setRevision(log.size() + 1L);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getRawQuery();
            requests.add(query);
            boolean known =
                    Objects.equals(
                            exchange.getRequestHeaders().getFirst("Authorization"),
                            "Bearer " + KEY);
            if (!known || status != 200) {
                exchange.sendResponseHeaders(known ? status : 401, -1);
                return;
            }
            if (breaksAfter.getAndUpdate(left -> left == 0 ? 0 : left - 1) == 0) {
                return;
            }
            Signed answer = signed(parameters(query));
            exchange.getResponseHeaders().set(GalleryRequest.SIGNATURE_HEADER, answer.signature());
            exchange.sendResponseHeaders(200, answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    private synchronized Signed signed(Map<String, String> asked) {
        Signed before = lastAnswer;
        if (replays && before != null) {
            return before;
        }
        GalleryRequest request =
                new GalleryRequest(
                        AGENT,
                        Long.parseLong(asked.getOrDefault("since", "0")),
                        asked.getOrDefault("space", ""),
                        Optional.ofNullable(asked.get("cursor")),
                        asked.getOrDefault("nonce", ""));
        byte[] body = page(asked).toByteArray();
        byte[] signature = signsWith.sign(request.signed(), body);
        Signed answer = new Signed(body, "key " + Base64.getEncoder().encodeToString(signature));
        lastAnswer = answer;
        return answer;
    }

    private synchronized GalleryChanges page(Map<String, String> asked) {
        long since = Long.parseLong(asked.getOrDefault("since", "0"));
        String cursor = asked.getOrDefault("cursor", "");
        GalleryChanges.Builder page =
                GalleryChanges.newBuilder()
                        .setSpaceId(SPACE.id())
                        .setDimension(SPACE.dimension())
                        .setDigestKey(ByteString.copyFrom(digestKey))
                        .setLeaseSeconds(LEASE.toSeconds())
                        .setFromRevision(since);
        if (!cursor.isEmpty() || since < snapshotsBelow || since > log.size()) {
            snapshot(page, cursor.isEmpty() ? 0 : Integer.parseInt(cursor));
        } else {
            delta(page, (int) since);
        }
        if (!page.getMore()) {
            page.setDigest(ByteString.copyFrom(digest()));
        }
        return page.build();
    }

    private void snapshot(GalleryChanges.Builder page, int from) {
        List<GalleryTemplate> all = List.copyOf(faces.values());
        int to = Math.min(all.size(), from + pageSize);
        page.setSnapshot(true).setToRevision(log.size()).setMore(to < all.size());
        if (to < all.size()) {
            page.setNextCursor(Integer.toString(to));
        }
        for (GalleryTemplate template : all.subList(from, to)) {
            page.addChanges(GalleryChange.newBuilder().setRevision(log.size()).setPut(template));
        }
    }

    private void delta(GalleryChanges.Builder page, int since) {
        int to = Math.min(log.size(), since + pageSize);
        page.setToRevision(to).setMore(to < log.size()).addAllChanges(log.subList(since, to));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            parameters.put(
                    pair.substring(0, equals),
                    java.net.URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
