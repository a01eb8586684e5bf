package io.facet.edge.capture.javacv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.edge.capture.CaptureOptions;
import io.facet.edge.capture.FrameSource;
import io.facet.error.FacetException;
import io.facet.model.CameraSource;
import java.time.InstantSource;
import org.bytedeco.ffmpeg.global.avformat;
import org.junit.jupiter.api.Test;

/**
 * USB cameras as far as a machine without one can show: the contract is held by {@code
 * FakeSourceTest} alone, no frame of a real device was ever read here.
 */
class DeviceSourceIT {
    private final FfmpegSources sources = new FfmpegSources(InstantSource.system());

    @Test
    void thisBuildOfFfmpegReadsVideo4Linux() {
        assertThat(avformat.av_find_input_format("video4linux2")).isNotNull();
    }

    @Test
    void aDeviceThatIsNotThereIsSaidAtOnce() {
        FrameSource.Opener opener =
                sources.opener(new CameraSource.Device(63), CaptureOptions.DEFAULT);
        assertThatThrownBy(() -> opener.open(() -> false))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("No such file");
    }
}
