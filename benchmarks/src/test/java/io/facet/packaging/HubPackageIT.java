package io.facet.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.cli.client.HubClient;
import io.facet.config.Places;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The hub's package in a bare Debian: installed, started by its own launcher with the database that
 * it brings, upgraded, removed, purged. Takes minutes and a Debian mirror.
 */
@Tag("long")
class HubPackageIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String KEPT = "Quirina Ypsilon";

    @TempDir Path folder;
    private final List<Process> hubs = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (Process left : hubs) {
            left.descendants().forEach(ProcessHandle::destroyForcibly);
            left.destroyForcibly().waitFor();
        }
    }

    @Test
    void keepsItsPeopleThroughAnUpgradeAndForgetsThemWithThePurge() throws Exception {
        DebianRoot debian = DebianRoot.make(folder.resolve("root"));
        Path data = debian.path("var/lib/facet/hub");
        debian.install(build("0.1.1"));
        start(debian, data);
        assertThat(version(data)).isEqualTo("0.1.1");
        assertThat(get(data, "/api/v1/people", "").statusCode()).isEqualTo(401);
        client(data).post("/api/v1/people", Map.of("name", KEPT)).orThrow();
        assertThat(people(data)).containsExactly(KEPT);
        ownsEverything(debian, data);
        // Root's hands leave nothing that the service could not change.
        assertThat(debian.inside("facet-hub", "people", "find", "Quirina")).contains(KEPT);
        ownsEverything(debian, data);
        stopHub();

        debian.inside("dpkg", "-i", debian.take(build("0.1.2")));
        start(debian, data);
        assertThat(version(data)).isEqualTo("0.1.2");
        assertThat(people(data)).containsExactly(KEPT);
        stopHub();

        debian.inside("dpkg", "-r", "facet-hub");
        assertThat(debian.path("usr/lib/facet")).doesNotExist();
        assertThat(debian.path("etc/facet/hub.json")).exists();
        assertThat(data.resolve("master.key")).exists();
        assertThat(data.resolve("postgres")).isNotEmptyDirectory();
        debian.inside("dpkg", "-P", "facet-hub");
        assertThat(debian.path("etc/facet")).doesNotExist();
        assertThat(data).doesNotExist();
    }

    private Path build(String version) throws Exception {
        Path home = Places.find(System.getenv(), Path.of("")).home();
        DebianRoot.Run built =
                DebianRoot.run(
                        Map.of("FACET_BUILT", "yes"),
                        home.resolve("facet").toString(),
                        "package",
                        "hub",
                        "--set-version",
                        version,
                        "--output",
                        folder.toString());
        assertThat(built.status()).as(built.text()).isZero();
        String machine = Architecture.ofThisMachine().orElseThrow().debian();
        return folder.resolve("facet-hub_%s_%s.deb".formatted(version, machine));
    }

    private void start(DebianRoot debian, Path data) throws Exception {
        hubs.add(
                debian.service(
                        "hub",
                        folder.resolve("hub.log"),
                        "FACET_HUB_PORT=0",
                        "FACET_HUB_GRPC_PORT=0",
                        "FACET_MQTT_PORT=0"));
        await().atMost(PATIENCE)
                .until(() -> {
                    assertThat(hubs.getLast().isAlive())
                            .as(Files.readString(folder.resolve("hub.log")))
                            .isTrue();
                    return Files.exists(data.resolve("ready"));
                });
    }

    private void stopHub() throws InterruptedException {
        hubs.getLast().destroy();
        assertThat(hubs.getLast().waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(hubs.getLast().exitValue()).isZero();
    }

    /** Its user, not root: what the hub wrote, and the database it started. */
    private static void ownsEverything(DebianRoot debian, Path data) throws Exception {
        int user = Integer.parseInt(debian.inside("id", "-u", "facet-hub").strip());
        assertThat(user).isPositive();
        try (Stream<Path> all = Files.walk(data)) {
            assertThat(all)
                    .allSatisfy(file ->
                            assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(user));
        }
    }

    private static URI address(Path data) throws Exception {
        return URI.create(
                "http://127.0.0.1:"
                        + JsonMapper.builder()
                                .build()
                                .readTree(data.resolve("ports.json").toFile())
                                .path("http")
                                .asInt());
    }

    private static HubClient client(Path data) throws Exception {
        return new HubClient(address(data), key(data));
    }

    private static String key(Path data) throws Exception {
        return Files.readString(data.resolve("admin-key")).strip();
    }

    private static List<String> people(Path data) throws Exception {
        return client(data).get("/api/v1/people").orThrow().path("people").findValuesAsText("name");
    }

    /** The one that runs, by its own word. */
    private static String version(Path data) throws Exception {
        return Pattern.compile("(?m)^facet_build_info\\{version=\"([^\"]*)\"}")
                .matcher(get(data, "/metrics", key(data)).body())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.joining());
    }

    private static HttpResponse<String> get(Path data, String path, String key) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(data).resolve(path));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }
}
