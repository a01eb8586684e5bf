package io.facet.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.config.Places;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench api} as short as it can be: every figure is there and comes from what happened. */
class ApiBenchIT {
    private static final int EVENTS = 400;
    private static final int TEMPLATES = 60;

    @TempDir private Path folder = Path.of("");

    @Test
    void reportsEveryFigureOfAHubThatAnswered() throws Exception {
        Places places = Places.find(System.getenv(), Path.of(""));
        assumeTrue(
                places.testData().isPresent() && places.modelsMirror().isPresent(),
                "needs FACET_TESTDATA and FACET_MODELS_MIRROR");
        JsonNode report = report();

        for (String call :
                new String[] {
                    "RecognizeFaces", "RecognizeFacesRest", "ListFaces", "GetFaceQuality"
                }) {
            JsonNode loads = report.path("calls").path(call);
            assertThat(loads.findValuesAsText("clients")).as(call).containsExactly("1", "8", "64");
            loads.forEach(load -> {
                assertThat(load.path("failed").asInt()).as("%s: %s", call, load).isZero();
                assertThat(load.path("requests_per_second").asDouble()).isPositive();
                assertThat(load.path("p50_ms").asDouble()).isPositive();
                assertThat(load.path("p95_ms").asDouble())
                        .isGreaterThanOrEqualTo(load.path("p50_ms").asDouble());
                assertThat(load.path("p99_ms").asDouble())
                        .isGreaterThanOrEqualTo(load.path("p95_ms").asDouble());
            });
        }
        assertThat(report.path("overhead_ms_p50").isNumber()).isTrue();
        assertThat(report.path("events_per_second").asDouble()).isPositive();
        JsonNode events = report.path("events");
        assertThat(events.path("sent").asInt()).isEqualTo(EVENTS);
        assertThat(events.path("acknowledged").asInt()).isEqualTo(EVENTS);
        assertThat(events.path("rows").asInt()).isEqualTo(EVENTS);
        assertThat(events.path("cpu_ms_per_event").asDouble()).isPositive();
        assertThat(report.path("templates").asInt()).isEqualTo(TEMPLATES);
        // A JVM with networks and a PostgreSQL are never this small.
        assertThat(report.path("resident_mb").asDouble()).isBetween(150.0, 5_000.0);
        assertThat(report.path("memory").path("database_processes").asInt()).isGreaterThan(3);
        assertThat(report.path("fan_out").path("missing").asInt()).isZero();
        assertThat(report.path("fan_out").path("deliveries_per_second").asDouble()).isPositive();
    }

    private JsonNode report() throws Exception {
        Facet.Run run =
                new Facet(folder)
                        .run(
                                Map.of(),
                                "bench",
                                "api",
                                "--json",
                                "--seconds",
                                "1",
                                "--faces",
                                "3",
                                "--templates",
                                Integer.toString(TEMPLATES),
                                "--events",
                                Integer.toString(EVENTS),
                                "--viewers",
                                "5");
        assertThat(run.status()).as(run.err()).isZero();
        return JsonMapper.builder().build().readTree(run.out().strip().lines().toList().getLast());
    }
}
