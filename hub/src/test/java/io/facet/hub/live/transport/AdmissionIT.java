package io.facet.hub.live.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facet.hub.live.conformance.EchoServer;
import io.facet.hub.live.engineio.EngineConfig;
import io.facet.hub.live.transport.WireClient.Wire;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** So many clients and not one more, over real sockets. */
class AdmissionIT {
    private static EchoServer server(int sessions, int perAddress, int perMinute) {
        return TestEcho.start(
                EngineConfig.DEFAULT.withAdmission(
                        new EngineConfig.Admission(sessions, perAddress, perMinute)));
    }

    private static int open(WireClient client) throws Exception {
        return client.get("?EIO=4&transport=polling").statusCode();
    }

    @Test
    void aFullHubRefusesBothTransportsUntilSomebodyLeaves() throws Exception {
        try (EchoServer server = server(2, 100, 1_000)) {
            WireClient client = new WireClient(server.port(), "/socket.io/");
            Wire first = client.openWebSocket();
            Wire second = client.openWebSocket();
            assertThat(open(client)).isEqualTo(503);
            assertThat(client.webSocket("?EIO=4&transport=websocket").next()).isEqualTo("closed");
            assertThat(second.send("40").nextButPing()).startsWith("40{");
            Objects.requireNonNull(first.socket).abort();
            await().atMost(Duration.ofSeconds(30)).until(() -> server.sessions() == 1);
            assertThat(open(client)).isEqualTo(200);
        }
    }

    @Test
    void oneAddressGetsItsShareOnly() throws Exception {
        try (EchoServer server = server(100, 2, 1_000)) {
            WireClient client = new WireClient(server.port(), "/socket.io/");
            assertThat(open(client)).isEqualTo(200);
            assertThat(open(client)).isEqualTo(200);
            assertThat(open(client)).isEqualTo(429);
            String query = "?EIO=4&transport=polling";
            assertThat(client.send("GET", query, "", "X-Forwarded-For", "192.0.2.1").statusCode())
                    .as("another client of the proxy on this machine")
                    .isEqualTo(200);
        }
    }

    @Test
    void oneAddressMayNotComeAgainAndAgain() throws Exception {
        try (EchoServer server = server(100, 100, 3)) {
            WireClient client = new WireClient(server.port(), "/socket.io/");
            for (int i = 0; i < 3; i++) {
                client.send("POST", client.openPolling(), "1");
            }
            assertThat(open(client)).isEqualTo(429);
        }
    }
}
