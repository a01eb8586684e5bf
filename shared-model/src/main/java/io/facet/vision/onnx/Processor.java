package io.facet.vision.onnx;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Whether this processor has the instructions that the native libraries are built for: x86-64-v2,
 * which all have since about 2009; wider ones are used where they are there. A processor without
 * them would end the process in the middle of an inference. Stateless.
 */
public final class Processor {
    private static final Set<String> NEEDED =
            Set.of("cx16", "lahf_lm", "popcnt", "sse4_1", "sse4_2", "ssse3");

    private Processor() {}

    /**
     * Checks the processor of this machine; other systems than Linux are believed.
     *
     * @throws FacetException {@code UNAVAILABLE} when it is too old
     */
    public static void check() {
        if (System.getProperty("os.arch").equals("amd64")) {
            check(Path.of("/proc/cpuinfo"));
        }
    }

    static void check(Path cpuinfo) {
        Set<String> missing = new TreeSet<>(NEEDED);
        try (Stream<String> lines = Files.lines(cpuinfo, StandardCharsets.UTF_8)) {
            List<String> flags =
                    lines.filter(line -> line.startsWith("flags"))
                            .findFirst()
                            .map(line -> Arrays.asList(line.split("[\\s:]+", -1)))
                            .orElse(List.of());
            if (flags.isEmpty()) {
                return;
            }
            flags.forEach(missing::remove);
        } catch (IOException notLinux) {
            return;
        }
        if (!missing.isEmpty()) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "this processor lacks "
                            + String.join(", ", missing)
                            + "; Facet needs an x86-64 processor of level v2 (any since about 2009;"
                            + " in a virtual machine choose its CPU model accordingly) or arm64");
        }
    }
}
