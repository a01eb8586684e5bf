package io.facet.hub.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.hub.HubWebFront;
import io.facet.hub.security.Role;
import io.facet.hub.testing.Configs;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.TestBox;
import io.facet.hub.web.Http.Answer;
import io.facet.model.AgentId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import io.facet.pki.CertificateRequest;
import io.facet.pki.Fingerprint;
import io.facet.pki.JoinToken;
import io.facet.pki.Keys;
import io.facet.pki.PinnedHub;
import io.facet.tls.ClientIdentity;
import io.facet.tls.Credential;
import io.facet.tls.Pem;
import io.facet.tls.TrustedCa;
import io.facet.wire.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Boxes that join with a token and sign in with a certificate, over real TLS. */
class JoiningIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final AgentId AGENT = new AgentId("gate-north");

    /** What needs TLS, and so is held against the description here and not in OpenApiIT. */
    static final Set<String> CALLS =
            Set.of(
                    "post /api/v1/join-tokens",
                    "delete /api/v1/join-tokens/{token_id}",
                    "post /api/v1/join",
                    "post /api/v1/devices/self/certificate");

    private static DevHub hub;
    private static URI web;
    private static SSLContext trust;
    private static Http admin;
    private static String[] key;
    private static Contract contract;

    @BeforeAll
    static void start(@TempDir Path data) {
        Map<String, String> config =
                Map.of(
                        "FACET_HUB_HOST", "0.0.0.0",
                        "FACET_MQTT_HOST", "0.0.0.0",
                        "FACET_HUB_TLS_NAMES", "hub.example",
                        "FACET_ALERTS_INTERVAL", "1");
        hub = DevHub.in(data, new HubWebFront(), Configs.with(config));
        web = URI.create("https://localhost:" + hub.port());
        trust = TrustedCa.context(data.resolve("authority.crt"));
        admin = new Http(web, Optional.of(trust));
        key =
                new String[] {
                    "X-API-Key",
                    hub.services().apiKeys().issue("t", Role.ADMIN, SiteScope.ALL).key().reveal()
                };
        contract = new Contract(admin.get("/api/openapi.json", key).json());
    }

    @AfterAll
    static void stop() {
        try {
            assertThat(contract.unseen()).doesNotContainAnyElementsOf(CALLS);
        } finally {
            hub.close();
        }
    }

    @Test
    void aBoxJoinsOnceWorksRenewsAndIsCutOff() throws Exception {
        JoinToken token = token(Map.of("agent_id", AGENT.value(), "site_id", "north"));
        KeyPair pair = Keys.fresh(RANDOM);
        Answer lost = join(token, pair, Map.of());
        assertThat(lost.status()).isEqualTo(201);
        // The answer may not have reached the box: it may ask again with its own key.
        JsonNode joined = join(token, pair, Map.of()).json();
        assertThat(joined.path("agent_id").asText()).isEqualTo(AGENT.value());
        assertThat(joined.path("site_id").asText()).isEqualTo("north");

        ClientIdentity identity = identity(pair, joined);
        assertThat(as(identity(pair, lost.json())).get("/api/v1/devices/self").status())
                .as("a certificate that a later one took the place of")
                .isEqualTo(401);
        JsonNode self =
                contract.check(
                                "GET",
                                "/api/v1/devices/self",
                                as(identity).get("/api/v1/devices/self"))
                        .json();
        assertThat(self.path("agent_id").asText()).isEqualTo(AGENT.value());
        assertThat(self.path("certificate").path("renew").asBoolean(true)).isFalse();
        URI broker = URI.create(self.path("mqtt").path("url").asText());
        assertThat(as(identity).get("/api/v1/devices", key[0], "wrong").status()).isEqualTo(401);
        assertThat(as(identity).get("/api/v1/devices").status()).isEqualTo(403);

        nobodyOfAnotherSiteTakesTheBoxOver();
        try (TestBox box = TestBox.connect(AGENT, broker, identity.context())) {
            worksWithinItsTopics(box);
            aUsedTokenIsRefusedAuditedAndTold(token);
            ClientIdentity renewed = renew(identity);
            assertThat(box.isConnected()).isTrue();
            assertThat(admin.delete("/api/v1/devices/" + AGENT, key).status()).isEqualTo(204);
            await().atMost(PATIENCE).until(() -> !box.isConnected());
            isShutOut(identity, broker);
            isShutOut(renewed, broker);
            assertThat(join(token, pair, Map.of()).status())
                    .as("the box that was removed, with the key it had joined with")
                    .isEqualTo(403);
        }
    }

    private static void worksWithinItsTopics(TestBox box) throws Exception {
        assertThat(box.hubInfo().getSealingPublicKey()).isNotEmpty();
        AgentId other = new AgentId("gate-south");
        assertThat(box.maySubscribe(Topics.acks(other))).isFalse();
    }

    private static void aUsedTokenIsRefusedAuditedAndTold(JoinToken token) {
        Answer thief = join(token, Keys.fresh(RANDOM), Map.of());
        assertThat(thief.status()).isEqualTo(403);
        assertThat(thief.code()).isEqualTo("permission_denied");
        String id = token.secret().reveal().substring(0, 11);
        await().atMost(PATIENCE)
                .until(() ->
                        admin.get("/api/v1/audit", key)
                                        .json()
                                        .path("entries")
                                        .toString()
                                        .contains("POST /api/v1/join")
                                && audited(id));
        await().atMost(PATIENCE)
                .until(() -> admin.get("/api/v1/alerts", key).text().contains("join_token_reuse"));
    }

    private static boolean audited(String id) {
        for (JsonNode entry : admin.get("/api/v1/audit", key).json().path("entries")) {
            if (entry.path("outcome").asText().equals("permission_denied")
                    && entry.path("subjects").toString().contains(id)) {
                return true;
            }
        }
        return false;
    }

    private static ClientIdentity renew(ClientIdentity identity) {
        KeyPair pair = Keys.fresh(RANDOM);
        String path = "/api/v1/devices/self/certificate";
        Answer answer =
                contract.check(
                        "POST",
                        path,
                        as(identity)
                                .json("POST", path, Map.of("csr", CertificateRequest.of(pair))));
        assertThat(answer.status()).isEqualTo(201);
        ClientIdentity renewed = identity(pair, answer.json());
        assertThat(as(renewed).get("/api/v1/devices/self").status()).isEqualTo(200);
        assertThat(as(identity).get("/api/v1/devices/self").status())
                .as("the certificate it renewed with")
                .isEqualTo(200);
        return renewed;
    }

    private static void isShutOut(ClientIdentity identity, URI broker) {
        assertThat(as(identity).get("/api/v1/devices/self").status()).isEqualTo(401);
        assertThatThrownBy(() -> TestBox.connect(AGENT, broker, identity.context()).close())
                .isInstanceOf(MqttException.class);
    }

    @Test
    void theBoxKnowsTheHubByItsToken() {
        JoinToken token = token(Map.of());
        JoinToken ofAnotherHub =
                new JoinToken(token.secret(), Fingerprint.of(Keys.fresh(RANDOM).getPublic()));
        assertThatThrownBy(() -> join(ofAnotherHub, Keys.fresh(RANDOM), Map.of()))
                .hasStackTraceContaining("not the one that made the join token");
        Answer answer = join(token, Keys.fresh(RANDOM), Map.of("agent_id", "by-itself"));
        assertThat(answer.json().path("agent_id").asText()).isEqualTo("by-itself");
    }

    @Test
    void aTokenForAnyBoxTakesNobodysName() {
        hub.services().devices().register(new AgentId("taken"), SiteId.DEFAULT);
        JoinToken token = token(Map.of());
        Answer taken = join(token, Keys.fresh(RANDOM), Map.of("agent_id", "taken"));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(join(token, Keys.fresh(RANDOM), Map.of()).status())
                .as("a refused name does not use the token up")
                .isEqualTo(201);
    }

    @Test
    void whatIsNoTokenOrNoRequestIsRefused() throws Exception {
        JoinToken token = token(Map.of("expires_in", 1));
        Thread.sleep(Duration.ofMillis(1_100));
        assertThat(join(token, Keys.fresh(RANDOM), Map.of()).status()).isEqualTo(401);
        JoinToken withdrawn = token(Map.of());
        String id = withdrawn.secret().reveal().substring(0, 11);
        assertThat(admin.get("/api/v1/join-tokens", key).text())
                .contains(id)
                .doesNotContain(withdrawn.secret().reveal());
        assertThat(
                        contract.check(
                                        "DELETE",
                                        "/api/v1/join-tokens/{token_id}",
                                        admin.delete("/api/v1/join-tokens/" + id, key))
                                .status())
                .isEqualTo(204);
        assertThat(join(withdrawn, Keys.fresh(RANDOM), Map.of()).status()).isEqualTo(401);
        Map<String, String> noRequest =
                Map.of("token", token(Map.of()).secret().reveal(), "csr", "x");
        assertThat(admin.json("POST", "/api/v1/join", noRequest).status()).isEqualTo(400);
    }

    @Test
    void aBoxWithADeviceKeyGoesOnAsBefore() throws Exception {
        AgentId agent = new AgentId("old-way");
        String deviceKey = hub.services().devices().register(agent, SiteId.DEFAULT).key().reveal();
        JsonNode self = admin.get("/api/v1/devices/self", "X-API-Key", deviceKey).json();
        assertThat(self.has("certificate")).isFalse();
        URI broker = URI.create(self.path("mqtt").path("url").asText());
        try (TestBox box = TestBox.connect(agent, deviceKey, broker, Optional.of(trust))) {
            assertThat(box.hubInfo().getSealingPublicKey()).isNotEmpty();
            hub.services().devices().register(agent, SiteId.DEFAULT);
            await("its old key ends its connection")
                    .atMost(PATIENCE)
                    .until(() -> !box.isConnected());
        }
    }

    private static void nobodyOfAnotherSiteTakesTheBoxOver() {
        SiteScope south = new SiteScope.Only(Set.of(new SiteId("south")));
        String[] theirs = {
            "X-API-Key", hub.services().apiKeys().issue("south", Role.ADMIN, south).key().reveal()
        };
        Map<String, Object> wish = Map.of("agent_id", AGENT.value(), "site_id", "south");
        for (String path : List.of("/api/v1/join-tokens", "/api/v1/devices")) {
            Answer answer = admin.json("POST", path, wish, theirs);
            assertThat(answer.status()).as(path + answer.text()).isEqualTo(409);
        }
    }

    private static JoinToken token(Map<String, Object> wish) {
        String path = "/api/v1/join-tokens";
        Answer made = contract.check("POST", path, admin.json("POST", path, wish, key));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return JoinToken.parse(made.json().path("join_token").asText());
    }

    private static Answer join(JoinToken token, KeyPair pair, Map<String, String> besides) {
        Map<String, String> body = new HashMap<>(besides);
        body.put("token", token.secret().reveal());
        body.put("csr", CertificateRequest.of(pair));
        Http box = new Http(web, Optional.of(PinnedHub.context(token.hub())));
        return contract.check("POST", "/api/v1/join", box.json("POST", "/api/v1/join", body));
    }

    private static ClientIdentity identity(KeyPair pair, JsonNode answer) {
        return new ClientIdentity(
                new Credential(
                        pair.getPrivate(), Pem.certificates(answer.path("certificate").asText())),
                Pem.certificates(answer.path("authorities").asText()));
    }

    private static Http as(ClientIdentity identity) {
        return new Http(web, Optional.of(identity.context()));
    }
}
