package io.facet.edge.enrolment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.crypto.KeyFile;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.tls.ClientIdentity;
import io.facet.tls.Credential;
import io.facet.tls.Pem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The certificate this box joined with, its key, and the hub it belongs to, in files of the data
 * folder. Thread-safe.
 *
 * <pre>
 *   device.pem    the box's key and certificate (0600); made on the box, never sent
 *   hub-ca.pem    whose certificates it accepts of hub and broker
 *   joined.json   the hub's address, and the token it joined with, by name
 * </pre>
 */
public final class DeviceIdentity {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final URI hub;
    private final String token;
    private final ClientIdentity tls;

    private DeviceIdentity(Path folder, URI hub, String token, ClientIdentity tls) {
        this.folder = folder;
        this.hub = hub;
        this.token = token;
        this.tls = tls;
    }

    /**
     * What an earlier join left; empty for a box that never joined.
     *
     * @param besides authorities that are trusted as well
     * @throws FacetException {@code INVALID_CONFIGURATION} for damaged files
     */
    public static Optional<DeviceIdentity> read(Path folder, Collection<X509Certificate> besides) {
        Optional<String> device = text(folder.resolve("device.pem"));
        Optional<String> joined = text(folder.resolve("joined.json"));
        if (device.isEmpty() || joined.isEmpty()) {
            return Optional.empty();
        }
        try {
            List<X509Certificate> trusted = new ArrayList<>(besides);
            text(folder.resolve("hub-ca.pem"))
                    .ifPresent(pem -> trusted.addAll(Pem.certificates(pem)));
            JsonNode json = JSON.readTree(joined.get());
            return Optional.of(
                    new DeviceIdentity(
                            folder,
                            URI.create(json.path("hub").asText()),
                            json.path("token_id").asText(),
                            new ClientIdentity(Pem.credential(device.get()), trusted)));
        } catch (IOException | IllegalArgumentException | FacetException damaged) {
            throw new FacetException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "what this box joined with is damaged; join again with a new token, or delete"
                            + " device.pem in "
                            + folder,
                    damaged);
        }
    }

    /** Keeps what the hub answered to a join. */
    static void store(Path folder, URI hub, String token, PrivateKey key, Answer answer) {
        try {
            KeyFile.write(folder.resolve("hub-ca.pem"), bytes(answer.authorities()));
            KeyFile.write(
                    folder.resolve("joined.json"),
                    JSON.writeValueAsBytes(Map.of("hub", hub.toString(), "token_id", token)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
        // Last: with it the box has joined.
        KeyFile.write(folder.resolve("device.pem"), bytes(Pem.of(answer.credential(key))));
    }

    /** What a hub answers to a request for a certificate. */
    record Answer(String certificate, String authorities) {
        static Answer of(JsonNode json) {
            return new Answer(json.path("certificate").asText(), json.path("authorities").asText());
        }

        Credential credential(PrivateKey key) {
            return new Credential(key, Pem.certificates(certificate));
        }
    }

    /** Goes over to a new certificate, on disk first. */
    void renew(PrivateKey key, Answer answer) {
        Credential credential = answer.credential(key);
        KeyFile.write(folder.resolve("hub-ca.pem"), bytes(answer.authorities()));
        KeyFile.write(folder.resolve("device.pem"), bytes(Pem.of(credential)));
        tls.replace(credential);
    }

    /** The hub it belongs to. */
    public URI hub() {
        return hub;
    }

    /** The public name of the token it joined with. */
    String token() {
        return token;
    }

    /** For connections to hub and broker. */
    public ClientIdentity tls() {
        return tls;
    }

    /** How the certificate is, by this box's clock, for people. */
    public Map<String, Object> shown(Instant now) {
        Instant end = tls.credential().certificate().getNotAfter().toInstant();
        return Map.of(
                "expires_at",
                end.toString(),
                "trouble",
                now.isBefore(end)
                        ? ""
                        : "this box's certificate has expired, so that no hub takes it any more; let"
                                + " it join again with a new token, or set its clock right");
    }

    private static Optional<String> text(Path file) {
        return KeyFile.read(file).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
