package io.facet.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.config.ConfigLayers.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLayersTest {
    private static final String FILE =
            """
            {
              "recognition": {"threshold": 0.7},
              "alerts": {"camera_down": {"enabled": false, "for_duration": 5}}
            }
            """;

    @TempDir Path folder;

    private ConfigLayers load(Map<String, String> variables) throws IOException {
        return ConfigLayers.load(
                Optional.of(Files.writeString(folder.resolve("config.json"), FILE)), variables);
    }

    @Test
    void aConfigurationMadeInCodeComesBackAsItWas() throws IOException {
        FacetConfig made = load(Map.of()).config();
        assertThat(made).isNotEqualTo(FacetConfig.DEFAULT);
        assertThat(ConfigLayers.of(made).config()).isEqualTo(made);
    }

    @Test
    void theEnvironmentGoesOverTheFileKeyByKey() throws IOException {
        ConfigLayers layers =
                load(
                        Map.of(
                                "FACET_RECOGNITION_THRESHOLD", "0.8",
                                "FACET_ALERTS_CAMERA_DOWN", "{\"enabled\": true}"));
        FacetConfig config = layers.config();
        assertThat(config.recognition().threshold()).isEqualTo(0.8f);
        assertThat(config.alerts().cameraDown().enabled()).isTrue();
        assertThat(config.alerts().cameraDown().forDuration()).isEqualTo(Duration.ofSeconds(5));
        assertThat(layers.origin("recognition.threshold", Map.of())).isEqualTo(Origin.ENVIRONMENT);
        assertThat(layers.origin("recognition.margin", Map.of())).isEqualTo(Origin.DEFAULT);
    }
}
