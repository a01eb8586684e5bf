package io.facet.edge.enrolment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.crypto.KeyFile;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.AgentId;
import io.facet.pki.CertificateRequest;
import io.facet.pki.JoinToken;
import io.facet.pki.Keys;
import io.facet.pki.PinnedHub;
import io.facet.tls.Pem;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins a hub with a token: makes the box's key, has it certified, and keeps both. The key is on
 * disk before it is first sent, so that a box whose answer was lost asks again with the same key,
 * which the hub takes from it and from nobody else. Stateless.
 */
public final class FirstContact {
    private static final Logger LOG = LoggerFactory.getLogger(FirstContact.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MAX_ANSWER = 64 * 1024;
    private static final int TOKEN_ID = 11;

    private FirstContact() {}

    /** Which token to join with, and what the box would like to be called. */
    public record Wish(JoinToken.AtHub at, Optional<AgentId> name) {
        String tokenId() {
            return at.token().secret().reveal().substring(0, TOKEN_ID);
        }
    }

    /**
     * Joins, unless this token was joined with before.
     *
     * @param before what the box joined with earlier
     * @throws FacetException {@code UNAVAILABLE} when the hub does not answer, {@code
     *     UNAUTHENTICATED} when it is not the token's hub or refuses the token
     */
    public static void join(
            Wish wish, Optional<DeviceIdentity> before, Path folder, SecureRandom random)
            throws InterruptedException {
        if (before.filter(b -> b.token().equals(wish.tokenId())).isPresent()) {
            LOG.info("this box has joined with token {} already", wish.tokenId());
            return;
        }
        Path pending = folder.resolve("device.pending");
        String key =
                new String(
                        KeyFile.readOrCreate(pending, () -> fresh(random)),
                        StandardCharsets.US_ASCII);
        URI hub = wish.at().hub();
        DeviceIdentity.Answer answer = ask(wish, request(key));
        try {
            DeviceIdentity.store(folder, hub, wish.tokenId(), Pem.privateKey(key), answer);
            // Whom another hub said this box was, and its signing key, are of the past.
            Files.deleteIfExists(folder.resolve("enrolment.json"));
            Files.deleteIfExists(pending);
        } catch (IOException failure) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE, "cannot use the data folder " + folder, failure);
        }
        LOG.info("joined the hub at {}", hub);
    }

    /** Key and request together. */
    private static byte[] fresh(SecureRandom random) {
        KeyPair pair = Keys.fresh(random);
        return (Pem.of(pair.getPrivate()) + CertificateRequest.of(pair))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String request(String pending) {
        return pending.substring(pending.indexOf("-----BEGIN CERTIFICATE REQUEST"));
    }

    private static DeviceIdentity.Answer ask(Wish wish, String csr) throws InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        body.put("token", wish.at().token().secret().reveal());
        body.put("csr", csr);
        wish.name().ifPresent(name -> body.put("agent_id", name.value()));
        HttpRequest request =
                HttpRequest.newBuilder(wish.at().hub().resolve("/api/v1/join"))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build();
        try (HttpClient http =
                HttpClient.newBuilder()
                        .connectTimeout(PATIENCE)
                        .sslContext(PinnedHub.context(wish.at().token().hub()))
                        .build()) {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream in = answer.body()) {
                JsonNode json = JSON.readTree(in.readNBytes(MAX_ANSWER));
                return answered(answer.statusCode(), json);
            }
        } catch (IOException failure) {
            throw explained(wish.at().hub(), failure);
        }
    }

    private static DeviceIdentity.Answer answered(int status, JsonNode json) {
        if (status == 201) {
            return DeviceIdentity.Answer.of(json);
        }
        throw new FacetException(
                status >= 500 || status == 429 ? ErrorCode.UNAVAILABLE : ErrorCode.UNAUTHENTICATED,
                "the hub refuses to let this box join (status "
                        + status
                        + "): "
                        + json.path("detail").asText());
    }

    private static FacetException explained(URI hub, IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return new FacetException(
                        ErrorCode.UNAUTHENTICATED,
                        "the hub at " + hub + " cannot be trusted: " + cause.getMessage(),
                        failure);
            }
        }
        return new FacetException(
                ErrorCode.UNAVAILABLE,
                "no hub answers at " + hub + " by TLS; check the address after the @",
                failure);
    }
}
