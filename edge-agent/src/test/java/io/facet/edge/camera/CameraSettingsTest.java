package io.facet.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.config.FacetConfig;
import org.junit.jupiter.api.Test;

class CameraSettingsTest {
    @Test
    void weakDetectionsAreAskedForButBeginNoTrack() {
        FacetConfig config = FacetConfig.DEFAULT;
        FacetConfig weak = CameraSettings.withWeakDetections(config);
        assertThat(weak.detection().scoreThreshold())
                .isLessThan(config.detection().scoreThreshold());
        assertThat(CameraSettings.of(config).tracking().highScore())
                .isEqualTo(config.detection().scoreThreshold());
        assertThat(weak.recognition()).isEqualTo(config.recognition());
    }

    @Test
    void aVeryLowThresholdIsNotRaised() {
        FacetConfig.Detection usual = FacetConfig.DEFAULT.detection();
        FacetConfig low =
                FacetConfig.DEFAULT.withDetection(
                        new FacetConfig.Detection(usual.inputSize(), 0.1f, false, 0));
        assertThat(CameraSettings.withWeakDetections(low).detection().scoreThreshold())
                .isEqualTo(0.1f);
    }
}
