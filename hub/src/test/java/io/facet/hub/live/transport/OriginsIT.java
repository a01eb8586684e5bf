package io.facet.hub.live.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.FacetException;
import io.facet.hub.live.conformance.EchoServer;
import io.facet.hub.live.engineio.EngineConfig;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Pages of other origins, over real sockets. */
class OriginsIT {
    private static final String OPEN = "?EIO=4&transport=polling";
    private static final String SOCKET = "?EIO=4&transport=websocket";
    private static final String WALL = "https://wall.example:8443";
    private static final String EVIL = "https://evil.example";

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue("Access-Control-Allow-" + name).orElse("");
    }

    private static WireClient client(EchoServer server) {
        return new WireClient(server.port(), "/socket.io/");
    }

    @Test
    void byDefaultOnlyTheHubsOwnPageAndProgramsMaySpeak() throws Exception {
        try (EchoServer server = TestEcho.start(EngineConfig.DEFAULT)) {
            WireClient client = client(server);
            String own = "http://127.0.0.1:" + server.port();
            assertThat(client.send("GET", OPEN, "", "Origin", own).statusCode()).isEqualTo(200);
            assertThat(client.get(OPEN).statusCode()).isEqualTo(200);
            for (String foreign : List.of(EVIL, "null", "http://127.0.0.1:1")) {
                HttpResponse<String> answer = client.send("GET", OPEN, "", "Origin", foreign);
                assertThat(answer.statusCode()).as(foreign).isEqualTo(403);
                assertThat(header(answer, "Origin")).isEmpty();
                assertThatThrownBy(() -> client.webSocket(SOCKET, "Origin", foreign))
                        .as(foreign)
                        .isInstanceOf(CompletionException.class);
            }
            assertThat(client.webSocket(SOCKET, "Origin", own).next()).startsWith("0{");
        }
    }

    @Test
    void aListedOriginMaySpeakAndReadAnswersWithItsCookies() throws Exception {
        try (EchoServer server = TestEcho.start(EngineConfig.DEFAULT, Origins.of(List.of(WALL)))) {
            WireClient client = client(server);
            HttpResponse<String> answer = client.send("GET", OPEN, "", "Origin", WALL);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(header(answer, "Origin")).isEqualTo(WALL);
            assertThat(header(answer, "Credentials")).isEqualTo("true");
            assertThat(answer.headers().allValues("Vary")).contains("Origin");
            HttpResponse<String> asked = client.send("OPTIONS", OPEN, "", "Origin", WALL);
            assertThat(asked.statusCode()).isEqualTo(204);
            assertThat(header(asked, "Methods")).isEqualTo("GET, POST");
            assertThat(client.webSocket(SOCKET, "Origin", WALL).next()).startsWith("0{");
            assertThat(client.send("GET", OPEN, "", "Origin", EVIL).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void whereAllMaySpeakNobodyBringsCookies() throws Exception {
        try (EchoServer server = TestEcho.start(EngineConfig.DEFAULT, Origins.of(List.of("*")))) {
            HttpResponse<String> answer = client(server).send("GET", OPEN, "", "Origin", EVIL);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(header(answer, "Origin")).isEqualTo("*");
            assertThat(header(answer, "Credentials")).isEmpty();
        }
    }

    @Test
    void whatIsNoOriginIsRefusedAtTheStart() {
        for (String wrong : List.of("wall.example", "https://wall.example/", "ftp://a", "**")) {
            assertThatThrownBy(() -> Origins.of(List.of(wrong)))
                    .as(wrong)
                    .isInstanceOf(FacetException.class)
                    .hasMessageContaining("hub.cors_origins");
        }
        assertThat(Origins.of(List.of(""))).isEqualTo(Origins.SAME);
    }
}
