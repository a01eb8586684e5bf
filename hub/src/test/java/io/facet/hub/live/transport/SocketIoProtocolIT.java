package io.facet.hub.live.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.hub.live.conformance.EchoServer;
import io.facet.hub.live.engineio.EngineConfig;
import io.facet.hub.live.socketio.ConnectHandler;
import io.facet.hub.live.socketio.Namespace;
import io.facet.hub.live.transport.WireClient.Wire;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the public conformance suite of Socket.IO 5 asks, on a real server over real sockets. */
@SuppressWarnings("NullAway.Init") // the server is started before the tests
class SocketIoProtocolIT {
    private static EchoServer server;
    private static WireClient client;

    @BeforeAll
    static void start() {
        server = TestEcho.start(EngineConfig.DEFAULT);
        client = new WireClient(server.port(), "/socket.io/");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Wire connected() throws Exception {
        Wire wire = client.openWebSocket().send("40");
        assertThat(wire.nextButPing()).startsWith("40{");
        assertThat(wire.nextButPing()).startsWith("42[\"auth\"");
        return wire;
    }

    /** In the namespace whose listeners do more than echo. */
    private static Wire inside() throws Exception {
        Wire wire = client.openWebSocket().send("40/private,{\"token\":\"right\"}");
        assertThat(wire.nextButPing()).startsWith("40/private,{");
        assertThat(wire.nextButPing()).startsWith("42/private,[\"auth\"");
        return wire;
    }

    @Test
    void letsAClientIntoANamespaceWithItsAuth() throws Exception {
        String[][] cases = {
            {"40", "40", "42[\"auth\",{}]"},
            {"40{\"token\":\"123\"}", "40", "42[\"auth\",{\"token\":\"123\"}]"},
            {"40/custom,", "40/custom,", "42/custom,[\"auth\",{}]"},
            {
                "40/custom,{\"token\":\"abc\"}",
                "40/custom,",
                "42/custom,[\"auth\",{\"token\":\"abc\"}]"
            },
        };
        for (String[] each : cases) {
            Wire wire = client.openWebSocket().send(each[0]);
            String greeting = wire.nextButPing();
            assertThat(greeting).startsWith(each[1]);
            JsonNode data = WireClient.JSON.readTree(greeting.substring(each[1].length()));
            assertThat(data.fieldNames()).toIterable().containsExactly("sid");
            assertThat(wire.nextButPing()).isEqualTo(each[2]);
        }
    }

    @Test
    void refusesUnknownNamespacesAndBadTokens() throws Exception {
        Wire wire = client.openWebSocket();
        assertThat(wire.send("40/random").nextButPing())
                .isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
        assertThat(wire.send("40/private,{\"token\":\"wrong\"}").nextButPing())
                .isEqualTo(
                        "44/private,{\"message\":\"unauthorized\","
                                + "\"data\":{\"code\":\"unauthenticated\"}}");
        assertThat(wire.send("40/private,{\"token\":\"right\"}").nextButPing())
                .startsWith("40/private,{\"sid\"");
    }

    @Test
    void givesUpOnAClientThatIsRefusedAgainAndAgain() throws Exception {
        Wire wire = client.openWebSocket();
        for (int i = 0; i < 5; i++) {
            assertThat(wire.send("40/private").nextButPing()).startsWith("44/private");
        }
        assertThat(wire.nextButPing()).isEqualTo("1");
        assertThat(wire.nextButPing()).isEqualTo("closed");
    }

    @Test
    void endsTheConnectionOnMalformedPackets() throws Exception {
        for (String broken :
                List.of(
                        "4abc",
                        "42{}",
                        "42abc[\"message\",\"x\"]",
                        "451-[\"message\"",
                        "4",
                        "43[]")) {
            Wire wire = broken.equals("43[]") ? client.openWebSocket() : connected();
            assertThat(wire.send(broken).nextButPing()).as(broken).isEqualTo("closed");
        }
        Wire waiting = connected();
        waiting.send("451-[\"message\",{\"_placeholder\":true,\"num\":0}]").send("42[\"message\"]");
        assertThat(waiting.nextButPing()).isEqualTo("closed");
    }

    @Test
    void aClientMayLeaveANamespaceAndStay() throws Exception {
        Wire wire = connected().send("41").send("40/custom");
        assertThat(wire.nextButPing()).startsWith("40/custom,");

        Wire two = connected().send("40/custom");
        assertThat(two.nextButPing()).startsWith("40/custom,");
        assertThat(two.nextButPing()).startsWith("42/custom,[\"auth\"");
        two.send("41/custom").send("42[\"message\",\"message to main namespace\"]");
        assertThat(two.nextButPing())
                .isEqualTo("42[\"message-back\",\"message to main namespace\"]");
    }

    @Test
    void theServerMayPutAClientOutOfANamespace() throws Exception {
        assertThat(inside().send("42/private,[\"leave-me\"]").nextButPing())
                .isEqualTo("41/private,");
    }

    @Test
    void carriesEventsWithTextAndBytes() throws Exception {
        Wire wire = connected();
        assertThat(wire.send("42[\"message\",1,\"2\",{\"3\":[true]}]").nextButPing())
                .isEqualTo("42[\"message-back\",1,\"2\",{\"3\":[true]}]");
        wire.send(
                        "452-[\"message\",{\"_placeholder\":true,\"num\":0},"
                                + "{\"_placeholder\":true,\"num\":1}]")
                .send(new byte[] {1, 2, 3})
                .send(new byte[] {4, 5, 6});
        assertThat(wire.nextButPing())
                .isEqualTo(
                        "452-[\"message-back\",{\"_placeholder\":true,\"num\":0},"
                                + "{\"_placeholder\":true,\"num\":1}]");
        assertThat(wire.nextButPing()).isEqualTo("bAQID");
        assertThat(wire.nextButPing()).isEqualTo("bBAUG");
    }

    @Test
    void acknowledgesEventsWithTextAndBytes() throws Exception {
        Wire wire = connected();
        assertThat(wire.send("42456[\"message-with-ack\",1,\"2\",{\"3\":[false]}]").nextButPing())
                .isEqualTo("43456[1,\"2\",{\"3\":[false]}]");
        wire.send("451-789[\"message-with-ack\",{\"_placeholder\":true,\"num\":0}]")
                .send(new byte[] {1, 2, 3});
        assertThat(wire.nextButPing()).isEqualTo("461-789[{\"_placeholder\":true,\"num\":0}]");
        assertThat(wire.nextButPing()).isEqualTo("bAQID");
    }

    @Test
    void waitsForTheClientsAcknowledgement() throws Exception {
        Wire wire = inside();
        assertThat(wire.send("42/private,[\"ask-me\"]").nextButPing())
                .isEqualTo("42/private,0[\"question\"]");
        assertThat(wire.send("43/private,0[\"yes\"]").nextButPing())
                .isEqualTo("42/private,[\"you-said\",\"yes\"]");
        wire.send("43/private,0[\"again\"]").send("42/private,[\"message\",1]");
        assertThat(wire.nextButPing()).isEqualTo("42/private,[\"message-back\",1]");
    }

    @Test
    void waitsForAnAcknowledgementOnlySoLong() throws Exception {
        Wire wire = inside();
        assertThat(wire.send("42/private,[\"ask-me-briefly\"]").nextButPing())
                .isEqualTo("42/private,0[\"question\"]");
        assertThat(wire.nextButPing()).isEqualTo("42/private,[\"too-late\"]");
        wire.send("43/private,0[\"yes\"]").send("42/private,[\"message\",1]");
        assertThat(wire.nextButPing()).isEqualTo("42/private,[\"message-back\",1]");
    }

    @Test
    void sendsToARoomOnlyWhatIsForTheRoom() throws Exception {
        Wire inside = inside().send("42/private,1[\"join\",\"lobby\"]");
        assertThat(inside.nextButPing()).isEqualTo("43/private,1[]");
        Wire outside = inside();
        Namespace rooms = server.sockets().namespace("/private").orElseThrow();
        rooms.emitTo("lobby", "news");
        rooms.emit("end");
        assertThat(inside.nextButPing()).isEqualTo("42/private,[\"news\"]");
        assertThat(inside.nextButPing()).isEqualTo("42/private,[\"end\"]");
        assertThat(outside.nextButPing()).isEqualTo("42/private,[\"end\"]");
    }

    @Test
    void aFaultyListenerEndsNothing() throws Exception {
        Wire wire = inside().send("42/private,[\"fail\"]").send("42/private,[\"message\",1]");
        assertThat(wire.nextButPing()).isEqualTo("42/private,[\"message-back\",1]");
    }

    @Test
    void aClientMayBeInSoManyNamespacesOnly() throws Exception {
        try (EchoServer many = TestEcho.start(EngineConfig.DEFAULT)) {
            for (int i = 0; i < 20; i++) {
                many.sockets()
                        .namespace("/" + i, (_, _) -> new ConnectHandler.Decision.Accept(_ -> {}));
            }
            Wire wire = new WireClient(many.port(), "/socket.io/").openWebSocket();
            for (int i = 0; i < 16; i++) {
                assertThat(wire.send("40/" + i).nextButPing()).startsWith("40/" + i + ",{");
            }
            assertThat(wire.send("40/16").nextButPing())
                    .isEqualTo("44/16,{\"message\":\"Too many namespaces\"}");
        }
    }

    @Test
    void nothingIsLeftOfClientsThatWent() throws Exception {
        try (EchoServer own = TestEcho.start(EngineConfig.DEFAULT)) {
            WireClient alone = new WireClient(own.port(), "/socket.io/");
            Wire polite = alone.openWebSocket().send("40");
            Wire rude = alone.openWebSocket().send("40");
            await().until(() -> own.main().sockets().size() == 2);
            polite.send("1");
            java.util.Objects.requireNonNull(rude.socket).abort();
            await().until(() -> own.main().sockets().isEmpty() && own.sessions() == 0);
        }
    }
}
