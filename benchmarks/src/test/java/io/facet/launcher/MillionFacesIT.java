package io.facet.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Galleries of a large installation, in a process with the heap they need. On the hardest faces to
 * tell apart, spread evenly over the sphere; real ones lie in clusters and a graph finds them more
 * surely.
 */
@Tag("long")
class MillionFacesIT {
    private static final Map<String, String> HEAP =
            Map.of("FACET_JVM", "-Xmx6g -XX:+UseParallelGC");

    @TempDir Path folder;

    @Test
    void theExactIndexFindsAlmostEverybodyAmongAMillion() throws Exception {
        JsonNode report = search("exact", 1_000_000, 2);
        assertThat(report.path("recall_at_1").asDouble()).isGreaterThanOrEqualTo(0.995);
        assertThat(report.path("ratio_to_float_scan").asDouble()).isGreaterThan(1);
    }

    @Test
    void theGraphFindsMostAmongAHundredThousand() throws Exception {
        JsonNode report = search("hnsw", 100_000, 3);
        // 0.68 was measured: half of the probes are strangers, whose nearest is hardly nearer.
        assertThat(report.path("recall_at_1").asDouble()).isGreaterThanOrEqualTo(0.6);
    }

    private JsonNode search(String index, int faces, int rounds) throws Exception {
        Facet.Run run =
                new Facet(folder)
                        .run(
                                HEAP,
                                "bench",
                                "search",
                                "--json",
                                "--index",
                                index,
                                "--n",
                                Integer.toString(faces),
                                "--dim",
                                "256",
                                "--rounds",
                                Integer.toString(rounds));
        assertThat(run.status()).as(run.err()).isZero();
        String json = run.out().strip().lines().toList().getLast();
        // For docs/measurements.md.
        System.out.println(json);
        return JsonMapper.builder().build().readTree(json);
    }
}
