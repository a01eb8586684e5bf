package io.facet.edge.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.edge.capture.SourceAddress.Transport;
import io.facet.error.FacetException;
import io.facet.model.CameraSource;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceAddressTest {
    private static SourceAddress of(String text) {
        return SourceAddress.of(SourceAddress.parse(text));
    }

    @Test
    void rtspChoosesItsTransportByScheme() {
        assertThat(of("rtsp://cam/1"))
                .isEqualTo(new SourceAddress.Rtsp(URI.create("rtsp://cam/1"), Transport.AUTO));
        assertThat(of("rtspt://cam/1"))
                .isEqualTo(new SourceAddress.Rtsp(URI.create("rtsp://cam/1"), Transport.TCP));
        assertThat(of("rtspu://cam/1"))
                .isEqualTo(new SourceAddress.Rtsp(URI.create("rtsp://cam/1"), Transport.UDP));
    }

    @Test
    void aDeviceFileIsADevice() {
        assertThat(SourceAddress.parse("/dev/video3")).isEqualTo(new CameraSource.Device(3));
        assertThat(of("file:///dev/video3")).isEqualTo(new SourceAddress.Device(3));
        assertThatThrownBy(() -> of("/dev/video900")).hasMessageContaining("/dev/video0");
    }

    @Test
    void anUnknownSchemeIsRefusedWithWhatToUse() {
        assertThatThrownBy(() -> of("ftp://user:hunter2@cam/1"))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("rtsp://")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aMissingFileIsRefused() {
        assertThatThrownBy(() -> of("/no/such/clip.mp4"))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("clip.mp4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtsp://user:hunter2@cam/1", "http://user:hunter2@cam/1"})
    void passwordsAreNotShown(String address) {
        assertThat(of(address).toString()).doesNotContain("hunter2").contains("cam/1");
    }
}
