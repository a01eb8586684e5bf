package io.facet.edge.software;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.facet.crypto.SigningKeyPair;
import io.facet.model.AgentId;
import io.facet.model.Embedding;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import io.facet.wire.GalleryDigest;
import io.facet.wire.GalleryRequest;
import io.facet.wire.GalleryTerms;
import io.facet.wire.WireIds;
import io.facet.wire.v1.DesiredSoftware;
import io.facet.wire.v1.GalleryChange;
import io.facet.wire.v1.GalleryChanges;
import io.facet.wire.v1.GalleryTemplate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a hub gives a box: who it is, artefacts from any byte on, one face in several spaces. */
public final class SoftwareHub implements AutoCloseable {
    public static final AgentId AGENT = new AgentId("box-1");
    public static final PersonId PERSON = new PersonId(new UUID(0x7001L, Long.MIN_VALUE | 1));
    private static final FaceId FACE = new FaceId(new UUID(0x7000L, Long.MIN_VALUE | 1));

    public final SigningKeyPair keys = SigningKeyPair.generate();

    /** The spaces this hub has a template of. */
    public final Map<String, Embedding> templates = new ConcurrentHashMap<>();

    /** What was asked of artefacts: the Range, empty for all. */
    public final List<String> asked = new CopyOnWriteArrayList<>();

    /** Bytes after which an answer breaks off; negative: none does. */
    public volatile int breaksAfter = -1;

    /** Answers artefacts with something else of the same length. */
    public volatile boolean lies;

    /** Knows no ranges. */
    public volatile boolean wholeOnly;

    private final Map<String, byte[]> artefacts = new ConcurrentHashMap<>();
    private final HttpServer server;

    public SoftwareHub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        server.createContext("/api/v1/devices/self", this::self);
        server.createContext("/api/v1/sync/gallery", this::gallery);
        server.createContext("/api/v1/sync/artefacts/", this::artefact);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Keeps a file for the boxes; gives its hash. */
    public String keep(byte[] file) {
        String hash = sha256(file);
        artefacts.put(hash, file);
        return hash;
    }

    /** The wish for a model pack. */
    public byte[] wish(long revision, String hash, String pack) {
        return DesiredSoftware.newBuilder()
                .setRevision(revision)
                .setModels(
                        io.facet.wire.v1.Artefact.newBuilder()
                                .setSha256(hash)
                                .setSize(artefacts.getOrDefault(hash, new byte[1]).length)
                                .setProduct("facet-models")
                                .setVersion(pack))
                .build()
                .toByteArray();
    }

    static String sha256(byte[] file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void self(HttpExchange exchange) throws IOException {
        String key = Base64.getEncoder().encodeToString(keys.verifying().bytes());
        String text =
                "{\"agent_id\":\""
                        + AGENT
                        + "\",\"site_id\":\"default\",\"mqtt\":{\"url\":\"tcp://127.0.0.1:9\"},"
                        + "\"gallery_key\":\""
                        + key
                        + "\"}";
        send(exchange, 200, text.getBytes(StandardCharsets.UTF_8));
    }

    private void artefact(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] file = artefacts.get(path.substring(path.lastIndexOf('/') + 1));
        String range =
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range")).orElse("");
        asked.add(range);
        if (file == null) {
            send(exchange, 404, new byte[0]);
            return;
        }
        int from =
                range.isEmpty() || wholeOnly
                        ? 0
                        : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        byte[] rest = Arrays.copyOfRange(file, from, file.length);
        if (lies) {
            rest[rest.length - 1] ^= 1;
        }
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set(
                            "Content-Range",
                            "bytes " + from + "-" + (file.length - 1) + "/" + file.length);
        }
        try (exchange) {
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, rest.length);
            int shown = breaksAfter < 0 ? rest.length : Math.min(breaksAfter, rest.length);
            exchange.getResponseBody().write(rest, 0, shown);
            if (shown == rest.length) {
                exchange.getResponseBody().close();
            }
        } catch (IOException brokenOnPurpose) {
            // What the box makes of it is what is tested.
            asked.add("broken");
        }
    }

    private void gallery(HttpExchange exchange) throws IOException {
        Map<String, String> query = parameters(exchange.getRequestURI().getRawQuery());
        Optional<Embedding> template =
                Optional.ofNullable(templates.get(query.getOrDefault("space", "")));
        if (template.isEmpty()) {
            send(exchange, 422, new byte[0]);
            return;
        }
        GalleryRequest request =
                new GalleryRequest(
                        AGENT,
                        Long.parseLong(query.getOrDefault("since", "0")),
                        query.getOrDefault("space", ""),
                        Optional.empty(),
                        query.getOrDefault("nonce", ""));
        byte[] body = page(request.since(), template.get()).toByteArray();
        String signature = Base64.getEncoder().encodeToString(keys.sign(request.signed(), body));
        exchange.getResponseHeaders().set(GalleryRequest.SIGNATURE_HEADER, "key " + signature);
        send(exchange, 200, body);
    }

    private static GalleryChanges page(long since, Embedding template) {
        byte[] digestKey = new byte[GalleryTerms.BYTES];
        GalleryDigest digest = new GalleryDigest();
        digest.add(
                new GalleryTerms(digestKey)
                        .of(FACE, WireIds.bytes(PERSON.value()).toByteArray(), template.toBytes()));
        GalleryChanges.Builder page =
                GalleryChanges.newBuilder()
                        .setSpaceId(template.space().id())
                        .setDimension(template.space().dimension())
                        .setDigestKey(ByteString.copyFrom(digestKey))
                        .setLeaseSeconds(86_400)
                        .setFromRevision(since)
                        .setToRevision(1)
                        .setDigest(ByteString.copyFrom(digest.value()));
        if (since == 0) {
            page.addChanges(
                    GalleryChange.newBuilder()
                            .setRevision(1)
                            .setPut(
                                    GalleryTemplate.newBuilder()
                                            .setFaceId(WireIds.bytes(FACE.value()))
                                            .setPersonId(WireIds.bytes(PERSON.value()))
                                            .setPersonName("Ada")
                                            .setEmbedding(
                                                    ByteString.copyFrom(template.toBytes()))));
        }
        return page.build();
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new ConcurrentHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return parameters;
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
