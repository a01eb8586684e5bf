package io.facet.hub.live.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.hub.live.conformance.EchoServer;
import io.facet.hub.live.engineio.EngineConfig;
import io.facet.hub.live.transport.WireClient.Wire;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the public conformance suite of Engine.IO 4 asks, on a real server over real sockets. */
@SuppressWarnings("NullAway.Init") // the server is started before each class of tests
class EngineIoProtocolIT {
    private static EchoServer server;
    private static EchoServer hasty;
    private static EchoServer patient;
    private static WireClient client;

    /** Speaks to a server that pings as often and waits long for pongs: no race with a clock. */
    private static WireClient patientClient;

    /** Speaks to the server with the suite's short heartbeat, for tests about time. */
    private static WireClient hastyClient;

    @BeforeAll
    static void start() {
        server = TestEcho.start(EngineConfig.DEFAULT);
        hasty = TestEcho.start(EchoServer.SUITE);
        patient =
                TestEcho.start(
                        EngineConfig.DEFAULT.withHeartbeat(
                                Duration.ofMillis(300), Duration.ofMinutes(2)));
        patientClient = new WireClient(patient.port(), "/engine.io/");
        client = new WireClient(server.port(), "/engine.io/");
        hastyClient = new WireClient(hasty.port(), "/engine.io/");
    }

    @AfterAll
    static void stop() {
        server.close();
        hasty.close();
        patient.close();
    }

    private static void assertHandshake(String packet, boolean upgradable) throws Exception {
        assertThat(packet).startsWith("0");
        JsonNode open = WireClient.handshake(packet);
        assertThat(open.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload");
        assertThat(open.path("sid").isTextual()).isTrue();
        assertThat(open.path("upgrades").toString())
                .isEqualTo(upgradable ? "[\"websocket\"]" : "[]");
        assertThat(open.path("pingInterval").asInt()).isEqualTo(300);
        assertThat(open.path("pingTimeout").asInt()).isEqualTo(200);
        assertThat(open.path("maxPayload").asInt()).isEqualTo(1_000_000);
    }

    @Nested
    class OverPolling {
        @Test
        void opensASession() throws Exception {
            HttpResponse<String> response = hastyClient.get("?EIO=4&transport=polling");
            assertThat(response.statusCode()).isEqualTo(200);
            assertHandshake(response.body(), true);
        }

        @Test
        void refusesOtherVersionsTransportsAndMethods() throws Exception {
            for (String query :
                    new String[] {
                        "?transport=polling",
                        "?EIO=abc&transport=polling",
                        "?EIO=3&transport=polling",
                        "?EIO=4",
                        "?EIO=4&transport=abc",
                        "?EIO=4&transport=polling&sid=nobody"
                    }) {
                assertThat(client.get(query).statusCode()).as(query).isEqualTo(400);
            }
            for (String method : new String[] {"POST", "PUT"}) {
                assertThat(client.send(method, "?EIO=4&transport=polling", "").statusCode())
                        .as(method)
                        .isEqualTo(400);
            }
        }

        @Test
        void carriesTextAndBytesBothWays() throws Exception {
            for (String payload :
                    new String[] {
                        "4hello", "4test1\u001e4test2\u001e4test3", "4hello\u001ebAQIDBA=="
                    }) {
                String session = client.openPolling();
                HttpResponse<String> push = client.send("POST", session, payload);
                assertThat(push.statusCode()).isEqualTo(200);
                assertThat(push.body()).isEqualTo("ok");
                assertThat(client.get(session).body()).isEqualTo(payload);
            }
        }

        @Test
        void endsTheSessionOnAMalformedPacket() throws Exception {
            String session = client.openPolling();
            assertThat(client.send("POST", session, "abc").statusCode()).isEqualTo(400);
            assertThat(client.get(session).statusCode()).isEqualTo(400);
        }

        @Test
        void endsTheSessionOnAPayloadTooLarge() throws Exception {
            String session = client.openPolling();
            String large = "4" + "x".repeat(1_000_000);
            assertThat(client.send("POST", session, large).statusCode()).isEqualTo(413);
            assertThat(client.get(session).statusCode()).isEqualTo(400);
        }

        @Test
        void endsTheSessionOnASecondPoll() throws Exception {
            String session = client.openPolling();
            CompletableFuture<HttpResponse<String>> first = client.getLater(session);
            Thread.sleep(50);
            HttpResponse<String> second = client.get(session + "&t=burst");
            assertThat(first.join().body()).isEqualTo("1");
            assertThat(second.statusCode()).isEqualTo(400);
            assertThat(client.get(session).statusCode()).isEqualTo(400);
        }

        @Test
        void sendsPingsAndTakesPongs() throws Exception {
            String session = patientClient.openPolling();
            for (int i = 0; i < 3; i++) {
                assertThat(patientClient.get(session).body()).isEqualTo("2");
                assertThat(patientClient.send("POST", session, "3").statusCode()).isEqualTo(200);
            }
        }

        @Test
        void endsTheSessionWithoutPongs() throws Exception {
            String session = hastyClient.openPolling();
            Thread.sleep(700);
            assertThat(hastyClient.get(session).statusCode()).isEqualTo(400);
        }

        @Test
        void endsTheSessionWhenTheClientSaysSo() throws Exception {
            String session = client.openPolling();
            CompletableFuture<HttpResponse<String>> poll = client.getLater(session);
            Thread.sleep(50);
            client.send("POST", session, "1");
            assertThat(poll.join().body()).isEqualTo("6");
            assertThat(client.get(session).statusCode()).isEqualTo(400);
            assertThat(client.send("POST", session, "4late").statusCode()).isEqualTo(400);
        }

        @Test
        void answersOnePollThatComesAfterTheClientSaidSo() throws Exception {
            String session = client.openPolling();
            client.send("POST", session, "1");
            assertThat(client.get(session).body()).isEqualTo("6");
            assertThat(client.get(session).statusCode()).isEqualTo(400);
        }
    }

    @Nested
    class OverWebSocket {
        @Test
        void opensASession() throws Exception {
            assertHandshake(hastyClient.webSocket("?EIO=4&transport=websocket").next(), false);
        }

        @Test
        void refusesOtherVersionsAndTransports() {
            for (String query :
                    new String[] {
                        "?transport=websocket",
                        "?EIO=abc&transport=websocket",
                        "?EIO=4",
                        "?EIO=4&transport=abc"
                    }) {
                assertThatThrownBy(() -> client.webSocket(query))
                        .as(query)
                        .isInstanceOf(CompletionException.class);
            }
        }

        @Test
        void carriesTextAndBytesBothWays() throws Exception {
            Wire wire = client.openWebSocket();
            assertThat(wire.send("4hello").nextButPing()).isEqualTo("4hello");
            assertThat(wire.send(new byte[] {1, 2, 3, 4}).nextButPing()).isEqualTo("bAQIDBA==");
            String long1 = "4" + "ü".repeat(200_000);
            assertThat(wire.send(long1).nextButPing()).isEqualTo(long1);
        }

        @Test
        void endsOnAMalformedPacketAndNobodyElseDoes() throws Exception {
            Wire other = client.openWebSocket();
            for (String broken : new String[] {"abc", "", "2", "b###"}) {
                assertThat(client.openWebSocket().send(broken).nextButPing())
                        .as(broken)
                        .isEqualTo("closed");
            }
            assertThat(other.send("4still here").nextButPing()).isEqualTo("4still here");
        }

        @Test
        void endsOnAMessageTooLarge() throws Exception {
            Wire wire = client.openWebSocket();
            assertThatThrownBy(
                            () -> {
                                wire.send("4" + "x".repeat(2_000_000));
                                assertThat(wire.nextButPing()).isEqualTo("closed");
                                throw new CompletionException("closed", null);
                            })
                    .isInstanceOf(CompletionException.class);
        }

        @Test
        void sendsPingsAndTakesPongs() throws Exception {
            Wire wire = patientClient.openWebSocket();
            for (int i = 0; i < 3; i++) {
                assertThat(wire.next()).isEqualTo("2");
                wire.send("3");
            }
        }

        @Test
        void endsWithoutPongs() throws Exception {
            assertThat(hastyClient.openWebSocket().nextButPing()).isEqualTo("closed");
        }

        @Test
        void endsWhenTheClientSaysSo() throws Exception {
            assertThat(client.openWebSocket().send("1").nextButPing()).isEqualTo("closed");
        }
    }

    @Nested
    class Upgrading {
        private Wire probed(String session) throws Exception {
            Wire wire = client.webSocket(session.replace("polling", "websocket"));
            assertThat(wire.send("2probe").next()).isEqualTo("3probe");
            return wire;
        }

        @Test
        void movesASessionFromPollingToAWebSocket() throws Exception {
            String session = client.openPolling();
            Wire wire = probed(session);
            assertThat(client.get(session).body()).isEqualTo("6");
            assertThat(wire.send("5").send("4hello").nextButPing()).isEqualTo("4hello");
        }

        @Test
        void leavesPollsAndSecondWebSocketsOutside() throws Exception {
            String session = client.openPolling();
            Wire wire = probed(session).send("5").send("4up");
            assertThat(wire.nextButPing()).isEqualTo("4up");
            assertThat(client.get(session).statusCode()).isEqualTo(400);
            Wire second = client.webSocket(session.replace("polling", "websocket"));
            assertThat(second.next()).isEqualTo("closed");
            assertThat(wire.send("4hello").nextButPing()).isEqualTo("4hello");
        }

        @Test
        void aProbeThatBreaksOffLeavesTheSessionPolling() throws Exception {
            String session = client.openPolling();
            Wire wire = probed(session);
            assertThat(client.get(session).body()).isEqualTo("6");
            java.util.Objects.requireNonNull(wire.socket).abort();
            assertThat(client.send("POST", session, "4hello").statusCode()).isEqualTo(200);
            assertThat(client.get(session).body()).contains("4hello");
        }
    }
}
