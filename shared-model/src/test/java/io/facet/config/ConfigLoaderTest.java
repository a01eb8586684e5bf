package io.facet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    private static final String SEED =
            """
            {
              "recognition": {"model": "insightface", "threshold": 0.6, "max_results": 5},
              "database": {"vector_db": "faiss", "sharding_strategy": "uniform"},
              "cameras": {"frame_rate": 15, "recognition_interval": 1.0}
            }
            """;

    @TempDir Path folder;

    @Test
    void theSeedsOwnFileStartsUnchanged() throws IOException {
        FacetConfig config = load(SEED, Map.of());
        assertThat(config.recognition().model()).isEqualTo("insightface");
        assertThat(config.recognition().threshold()).isEqualTo(0.6f);
        assertThat(config.database().vectorDb()).isEqualTo("faiss");
        assertThat(config.database().shardingStrategy()).isEqualTo("uniform");
        assertThat(config.cameras().recognitionInterval()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void withoutAFileEveryKeyHasItsDefault() {
        assertThat(ConfigLoader.load(Optional.empty(), Map.of())).isEqualTo(FacetConfig.DEFAULT);
    }

    @Test
    void theShippedFileIsRight() {
        assertThat(ConfigLoader.load(Optional.of(home().resolve("config.json")), Map.of()))
                .isEqualTo(FacetConfig.DEFAULT);
    }

    @Test
    void anUnknownKeyIsFatalWithASuggestion() {
        assertThatThrownBy(() -> load("{\"recognition\": {\"treshold\": 0.5}}", Map.of()))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("recognition.treshold")
                .hasMessageContaining("did you mean \"threshold\"?");
    }

    @Test
    void everyProblemIsListedAtOnce() {
        assertThatThrownBy(() ->
                        load(
                                """
                                {"recognition": {"threshold": 7, "max_results": 2.5},
                                 "database": {"vector_db": "pinecone"},
                                 "cameras": 5, "hub": {"port": "http"}, "camras": {}}
                                """,
                                Map.of("FACET_HUB_PROT", "8081")))
                .hasMessageContaining("7 problems")
                .hasMessageContaining("recognition.threshold must be a number from 0 to 1, not 7")
                .hasMessageContaining("recognition.max_results must be a whole number")
                .hasMessageContaining("database.vector_db must be one of auto, exact")
                .hasMessageContaining("cameras must be an object, not 5")
                .hasMessageContaining("hub.port must be a whole number")
                .hasMessageContaining("did you mean \"cameras\"?")
                .hasMessageContaining("FACET_HUB_PROT")
                .extracting(e -> ((FacetException) e).code())
                .isEqualTo(ErrorCode.INVALID_CONFIGURATION);
    }

    @Test
    void theEnvironmentOverridesTheFile() throws IOException {
        FacetConfig config =
                load(
                        SEED,
                        Map.of(
                                "FACET_RECOGNITION_THRESHOLD", "0.8",
                                "FACET_HUB_HOST", "127.0.0.2",
                                "FACET_MODELS_PROVIDERS", "cpu, cuda",
                                "FACET_MODELS_MIRROR", "/somewhere",
                                "FACET_HUB_JVM", "-Xmx1g",
                                "FACET_AGENT_DATA", "/var/lib/box",
                                "PATH", "/bin"));
        assertThat(config.recognition().threshold()).isEqualTo(0.8f);
        assertThat(config.hub().host()).isEqualTo("127.0.0.2");
        assertThat(config.models().providers()).isEqualTo(List.of("cpu", "cuda"));
    }

    @Test
    void secretsNeverShow() throws IOException {
        FacetConfig config = load(SEED, Map.of("FACET_DATABASE_PASSWORD", "hunter2"));
        assertThat(config.database().password().reveal()).isEqualTo("hunter2");
        assertThat(config.toString()).doesNotContain("hunter2").contains("***");
        assertThatThrownBy(() -> load("{\"database\": {\"password\": 12345}}", Map.of()))
                .hasMessageContaining("database.password")
                .hasMessageNotContaining("12345");
    }

    @Test
    void brokenJsonSaysWhere() {
        assertThatThrownBy(() -> load("{\"hub\": {\"port\": 1,}}", Map.of()))
                .hasMessageContaining("line 1");
        assertThatThrownBy(() -> load("[]", Map.of())).hasMessageContaining("one JSON object");
        assertThatThrownBy(() -> load("{\"hub\": {}, \"hub\": {}}", Map.of()))
                .hasMessageContaining("Duplicate");
    }

    @Test
    void theSchemaBesideTheFileIsTheRecords() throws IOException {
        assertThat(home().resolve("config.schema.json"))
                .as("after a change: ./facet config schema > config.schema.json")
                .hasContent(ConfigSchema.text());
    }

    private FacetConfig load(String json, Map<String, String> environment) throws IOException {
        Path file = folder.resolve("config.json");
        Files.writeString(file, json);
        return ConfigLoader.load(Optional.of(file), environment);
    }

    private static Path home() {
        return Places.find(Map.of(), Path.of("")).home();
    }
}
