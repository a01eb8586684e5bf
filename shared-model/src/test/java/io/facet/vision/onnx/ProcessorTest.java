package io.facet.vision.onnx;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorTest {
    private static final String V2 = "fpu sse sse2 pni ssse3 cx16 sse4_1 sse4_2 popcnt lm lahf_lm";

    @TempDir Path folder;

    @Test
    void aProcessorWithoutAvxWillDo() throws IOException {
        Path cpuinfo = cpuinfo("flags\t\t: " + V2);
        assertThatCode(() -> Processor.check(cpuinfo)).doesNotThrowAnyException();
    }

    @Test
    void anOlderOneIsToldWhatItLacks() throws IOException {
        Path cpuinfo = cpuinfo("flags\t\t: fpu sse sse2 pni ssse3 cx16 sse4_1 lm lahf_lm");
        assertThatThrownBy(() -> Processor.check(cpuinfo))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("lacks popcnt, sse4_2;");
    }

    @Test
    void whatIsNotKnownIsBelieved() throws IOException {
        Path cpuinfo = cpuinfo("Features\t: fp asimd");
        assertThatCode(() -> Processor.check(cpuinfo)).doesNotThrowAnyException();
        assertThatCode(() -> Processor.check(folder.resolve("none"))).doesNotThrowAnyException();
    }

    private Path cpuinfo(String line) throws IOException {
        return Files.writeString(
                folder.resolve("cpuinfo"), "processor\t: 0\nmodel name\t: x\n" + line + "\n");
    }
}
