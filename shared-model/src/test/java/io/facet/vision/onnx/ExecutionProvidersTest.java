package io.facet.vision.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtProvider;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExecutionProvidersTest {
    private static final List<String> USUAL = List.of("cuda", "tensorrt", "openvino", "cpu");

    @Test
    void takesTheConfiguredOrderOfWhatIsThere() {
        assertThat(
                        ExecutionProviders.choose(
                                List.of("tensorrt", "cuda", "cpu"),
                                EnumSet.of(
                                        OrtProvider.CUDA, OrtProvider.TENSOR_RT, OrtProvider.CPU)))
                .containsExactly(OrtProvider.TENSOR_RT, OrtProvider.CUDA, OrtProvider.CPU);
    }

    @Test
    void fallsBackToTheProcessor() {
        assertThat(ExecutionProviders.choose(USUAL, EnumSet.of(OrtProvider.CPU)))
                .containsExactly(OrtProvider.CPU);
        assertThat(ExecutionProviders.choose(List.of("openvino"), EnumSet.of(OrtProvider.CPU)))
                .containsExactly(OrtProvider.CPU);
    }

    @Test
    void nothingAfterTheProcessorGetsATurn() {
        assertThat(
                        ExecutionProviders.choose(
                                List.of("cpu", "cuda"), EnumSet.allOf(OrtProvider.class)))
                .containsExactly(OrtProvider.CPU);
    }
}
