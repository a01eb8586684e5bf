package io.facet.hub.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.hub.HubWebFront;
import io.facet.hub.security.Role;
import io.facet.hub.testing.CertifiedMosquitto;
import io.facet.hub.testing.Configs;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.TestBox;
import io.facet.hub.testing.TestBroker;
import io.facet.model.AgentId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import io.facet.pki.CertificateRequest;
import io.facet.pki.JoinToken;
import io.facet.pki.Keys;
import io.facet.tls.ClientIdentity;
import io.facet.tls.Credential;
import io.facet.tls.Pem;
import io.facet.tls.TrustedCa;
import io.facet.wire.Topics;
import io.facet.wire.v1.AgentState;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Boxes with certificates at a real Mosquitto, whose plugin the hub keeps in line. */
class MosquittoJoiningIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final SecureRandom RANDOM = new SecureRandom();

    private static CertifiedMosquitto broker;
    private static DevHub hub;
    private static Http admin;
    private static String[] key;

    @BeforeAll
    static void start(@TempDir Path folder) {
        assumeThat(CertifiedMosquitto.isInstalled())
                .as("Mosquitto is installed with its dynamic security plugin")
                .isTrue();
        broker = new CertifiedMosquitto(folder.resolve("mosquitto"));
        Path data = folder.resolve("hub");
        hub =
                DevHub.in(
                        data,
                        new HubWebFront(),
                        Configs.with(
                                Map.of(
                                        "FACET_HUB_HOST",
                                        "0.0.0.0",
                                        "FACET_HUB_TLS_NAMES",
                                        "hub.example",
                                        "FACET_MQTT_URL",
                                        broker.forHub().toString(),
                                        "FACET_MQTT_USER",
                                        TestBroker.HUB,
                                        "FACET_MQTT_PASSWORD",
                                        broker.hubPassword().reveal(),
                                        "FACET_MQTT_DYNAMIC_SECURITY",
                                        "true",
                                        "FACET_MQTT_CERTIFICATE_URL",
                                        broker.forCertificates().toString())));
        broker.start(data);
        admin =
                new Http(
                        URI.create("https://localhost:" + hub.port()),
                        Optional.of(TrustedCa.context(data.resolve("authority.crt"))));
        key =
                new String[] {
                    "X-API-Key",
                    hub.services().apiKeys().issue("t", Role.ADMIN, SiteScope.ALL).key().reveal()
                };
    }

    @AfterAll
    static void stop() {
        if (hub != null) {
            hub.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void aBoxWithACertificateWorksWithinItsTopicsUntilItIsRemoved() throws Exception {
        AgentId agent = new AgentId("gate-north");
        ClientIdentity identity = join(agent);
        assertThat(self(identity).path("mqtt").path("url").asText())
                .isEqualTo(broker.forCertificates().toString());
        try (TestBox box = connected(agent, identity)) {
            assertThat(box.hubInfo().getSealingPublicKey()).isNotEmpty();
            box.state(AgentState.newBuilder().setOnline(true).setReady(true).build());
            awaitOnline(agent, true);
            AgentId other = new AgentId("gate-south");
            assertThat(box.maySubscribe(Topics.acks(other))).isFalse();
            assertThatThrownBy(() -> box.publish(Topics.events(other), new byte[] {1}, false))
                    .isInstanceOf(MqttException.class);

            ClientIdentity renewed = renew(identity);
            try (TestBox later = connected(agent, renewed)) {
                assertThat(admin.delete("/api/v1/devices/" + agent, key).status()).isEqualTo(204);
                await("it is cut off").atMost(PATIENCE).until(() -> !later.isConnected());
            }
            isShutOut(agent, renewed);
            isShutOut(agent, identity);
        }
    }

    @Test
    void whatEndsWhileTheBrokerIsAwayEndsWithItsReturn() throws Exception {
        AgentId leaves = new AgentId("leaves");
        AgentId stays = new AgentId("stays");
        ClientIdentity gone = join(leaves);
        ClientIdentity there = join(stays);
        connected(leaves, gone).close();
        broker.close();
        assertThat(admin.delete("/api/v1/devices/" + leaves, key).status()).isEqualTo(204);
        AgentId comes = new AgentId("comes");
        ClientIdentity fresh = join(comes);
        broker.startAgain();
        connected(comes, fresh).close();
        connected(stays, there).close();
        isShutOut(leaves, gone);
    }

    @Test
    void aBoxWithAKeyComesByItAndANewKeyEndsTheOld() throws Exception {
        AgentId agent = new AgentId("old-way");
        String first = register(agent);
        JsonNode self = admin.get("/api/v1/devices/self", "X-API-Key", first).json();
        URI url = URI.create(self.path("mqtt").path("url").asText());
        assertThat(url).isEqualTo(broker.forHub());
        try (TestBox box = TestBox.connect(agent, first, url)) {
            box.state(AgentState.newBuilder().setOnline(true).setReady(true).build());
            awaitOnline(agent, true);
            String second = register(agent);
            await("its old key ends its connection")
                    .atMost(PATIENCE)
                    .until(() -> !box.isConnected());
            awaitOnline(agent, false);
            assertThatThrownBy(() -> TestBox.connect(agent, first, url).close())
                    .isInstanceOf(MqttException.class);
            TestBox.connect(agent, second, url).close();
        }
    }

    private static String register(AgentId agent) {
        return hub.services().devices().register(agent, SiteId.DEFAULT).key().reveal();
    }

    private static void awaitOnline(AgentId agent, boolean online) {
        await("online: " + online)
                .atMost(PATIENCE)
                .until(() ->
                        admin.get("/api/v1/devices/" + agent, key)
                                        .json()
                                        .path("online")
                                        .asBoolean(!online)
                                == online);
    }

    /** The broker hears of a new box a moment after the box has its answer. */
    private static TestBox connected(AgentId agent, ClientIdentity identity) {
        TestBox[] box = new TestBox[1];
        await("the broker lets the box hear")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> {
                    TestBox candidate =
                            TestBox.connect(agent, broker.forCertificates(), identity.context());
                    if (candidate.maySubscribe(Topics.acks(agent))) {
                        box[0] = candidate;
                        return true;
                    }
                    candidate.close();
                    return false;
                });
        return box[0];
    }

    /** It may connect, for its certificate has not ended; it can say and hear nothing. */
    private static void isShutOut(AgentId agent, ClientIdentity identity) {
        await("it is shut out")
                .atMost(PATIENCE)
                .until(() -> {
                    try (TestBox box =
                            TestBox.connect(agent, broker.forCertificates(), identity.context())) {
                        return !box.maySubscribe(Topics.acks(agent))
                                && !box.maySubscribe(Topics.HUB_INFO)
                                && mayNotSay(box, agent);
                    } catch (MqttException refused) {
                        return true;
                    }
                });
    }

    private static boolean mayNotSay(TestBox box, AgentId agent) {
        try {
            box.publish(Topics.events(agent), new byte[] {1}, false);
            return false;
        } catch (MqttException refused) {
            return true;
        }
    }

    private static ClientIdentity join(AgentId agent) {
        JsonNode made =
                admin.json("POST", "/api/v1/join-tokens", Map.of("agent_id", agent.value()), key)
                        .json();
        JoinToken token = JoinToken.parse(made.path("join_token").asText());
        KeyPair pair = Keys.fresh(RANDOM);
        Map<String, String> wish =
                Map.of("token", token.secret().reveal(), "csr", CertificateRequest.of(pair));
        return identity(pair, admin.json("POST", "/api/v1/join", wish).json());
    }

    private static ClientIdentity renew(ClientIdentity identity) {
        KeyPair pair = Keys.fresh(RANDOM);
        return identity(
                pair,
                as(identity)
                        .json(
                                "POST",
                                "/api/v1/devices/self/certificate",
                                Map.of("csr", CertificateRequest.of(pair)))
                        .json());
    }

    private static JsonNode self(ClientIdentity identity) {
        return as(identity).get("/api/v1/devices/self").json();
    }

    private static ClientIdentity identity(KeyPair pair, JsonNode answer) {
        return new ClientIdentity(
                new Credential(
                        pair.getPrivate(), Pem.certificates(answer.path("certificate").asText())),
                Pem.certificates(answer.path("authorities").asText()));
    }

    private static Http as(ClientIdentity identity) {
        return new Http(
                URI.create("https://localhost:" + hub.port()), Optional.of(identity.context()));
    }
}
