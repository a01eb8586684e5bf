package io.facet.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the registry's advisories say of the packages in the page that is shipped. */
@SuppressWarnings("NullAway.Init") // set by JUnit
class NpmAdvisoriesIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long PATIENCE_SECONDS = 60;

    @TempDir Path folder;

    @Test
    void noAdvisoryOfHighSeverityIsOpenInTheShippedPage() throws Exception {
        JsonNode answer = audit();
        assumeThat(answer.has("metadata"))
                .as("a registry that answers npm audit; it said: %s", answer.path("message"))
                .isTrue();
        JsonNode counts = answer.path("metadata").path("vulnerabilities");
        assertThat(counts.path("high").asInt(-1) + counts.path("critical").asInt(-1))
                .as(answer.path("vulnerabilities").toPrettyString())
                .isZero();
    }

    private JsonNode audit() throws Exception {
        Path said = folder.resolve("audit.json");
        Process npm;
        try {
            npm =
                    new ProcessBuilder("npm", "audit", "--omit=dev", "--json")
                            .directory(Path.of("../hub/src/main/web").toFile())
                            .redirectOutput(said.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
        } catch (IOException noNpm) {
            return JSON.createObjectNode().put("message", "there is no npm here");
        }
        try {
            if (!npm.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return JSON.createObjectNode().put("message", "nothing in time");
            }
            String text = Files.readString(said);
            return JSON.readTree(text.isBlank() ? "{}" : text);
        } finally {
            npm.destroyForcibly();
        }
    }
}
