package io.facet.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.facet.config.Secret;
import io.facet.crypto.AtRest;
import io.facet.crypto.Sealing;
import io.facet.crypto.SealingKeyPair;
import io.facet.edge.clip.ClipSpool;
import io.facet.model.EventId;
import io.facet.wire.SealedWire;
import io.facet.wire.v1.Sealed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Films on their way to a hub over real HTTP. */
@SuppressWarnings("NullAway.Init") // set before each test
class ClipPumpIT {
    private static final EventId FIRST = new EventId(new UUID(0x7001L, Long.MIN_VALUE | 1));
    private static final EventId SECOND = new EventId(new UUID(0x7002L, Long.MIN_VALUE | 2));

    @TempDir private Path folder;

    private final SealingKeyPair keys = SealingKeyPair.generate();
    private final Map<String, byte[]> taken = new ConcurrentHashMap<>();
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final AtomicBoolean delivered = new AtomicBoolean();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer server;
    private ClipSpool spool;
    private ClipPump pump;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        server.createContext("/api/v1/sync/clips/", this::answer);
        server.start();
        spool =
                new ClipSpool(
                        folder.resolve("clips"),
                        1_000_000,
                        new AtRest(new byte[AtRest.KEY_BYTES], new SecureRandom()),
                        () -> Optional.of(Sealing.to(keys.publicKey())));
        URI hub = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        pump =
                new ClipPump(
                        spool, new HubClips(http, hub, new Secret("device-key")), delivered::get);
    }

    @AfterEach
    void stop() {
        pump.close();
        server.stop(0);
        http.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String event = exchange.getRequestURI().getPath().replaceAll(".*/", "");
            byte[] body = exchange.getRequestBody().readAllBytes();
            asked.computeIfAbsent(event, _ -> new AtomicInteger()).incrementAndGet();
            boolean signedIn =
                    "Bearer device-key"
                            .equals(exchange.getRequestHeaders().getFirst("Authorization"));
            int status = signedIn ? answers.getOrDefault(event, 204) : 401;
            if (status == 204) {
                taken.put(event, body);
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofMinutes(1));
    }

    private int asked(EventId event) {
        return asked.getOrDefault(event.toString(), new AtomicInteger()).get();
    }

    private void answers(EventId event, int status) {
        answers.put(event.toString(), status);
    }

    @Test
    void aFilmGoesToTheHubSealedAndThenFromTheBox() throws Exception {
        spool.put(FIRST, new byte[] {1, 2, 3});
        patiently().until(() -> spool.waiting().isEmpty());
        Sealed sealed = Sealed.parseFrom(taken.get(FIRST.toString()));
        assertThat(SealedWire.open(keys, SealedWire.CLIP, AtRest.bytes(FIRST.value()), sealed))
                .containsExactly(1, 2, 3);
        assertThat(pump.refused()).isZero();
    }

    @Test
    void aFilmWaitsForAHubThatDoesNotTakeItYet() {
        answers(FIRST, 503);
        spool.put(FIRST, new byte[] {1});
        patiently().until(() -> asked(FIRST) >= 2);
        assertThat(spool.waiting()).containsExactly(FIRST);
        answers(FIRST, 204);
        patiently().until(() -> spool.waiting().isEmpty());
        assertThat(taken).containsOnlyKeys(FIRST.toString());
    }

    @Test
    void aFilmOfAnEventThatIsStillOnItsWayWaitsAndHoldsUpNoOther() {
        answers(FIRST, 409);
        spool.put(FIRST, new byte[] {1});
        spool.put(SECOND, new byte[] {2});
        patiently().until(() -> asked(FIRST) >= 2 && taken.containsKey(SECOND.toString()));
        assertThat(spool.waiting()).containsExactly(FIRST);
        answers(FIRST, 204);
        patiently().until(() -> spool.waiting().isEmpty());
        assertThat(pump.refused()).isZero();
    }

    @Test
    void aFilmOfAnEventThatTheHubNeverGotIsGivenUpOnceAllEventsAreThere() {
        answers(FIRST, 409);
        spool.put(FIRST, new byte[] {1});
        patiently().until(() -> asked(FIRST) >= 2);
        delivered.set(true);
        patiently().until(() -> spool.waiting().isEmpty());
        assertThat(pump.refused()).isEqualTo(1);
    }

    @Test
    void aFilmThatTheHubWillNeverTakeIsGivenUp() {
        answers(FIRST, 410);
        answers(SECOND, 413);
        spool.put(FIRST, new byte[] {1});
        spool.put(SECOND, new byte[] {2});
        patiently().until(() -> spool.waiting().isEmpty());
        assertThat(taken).isEmpty();
        assertThat(pump.refused()).isEqualTo(2);
    }
}
