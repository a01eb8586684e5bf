package io.facet.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.facet.model.EmbeddingSpace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search on processors with narrower vectors than this one, played by the JVM's options. */
class NarrowVectorsIT {
    private static final int FACES = 2_000;
    private static final int PROBES = 50;

    /** Prints who is found; a main of its own, for a JVM of its own. */
    public static void main(String[] arguments) throws Exception {
        System.out.println(search());
    }

    private static String search() throws Exception {
        Random random = new Random(7);
        // Not a multiple of any vector's width, so that the tail counts too.
        EmbeddingSpace space = Vectors.space(131);
        try (VectorIndex index = VectorIndexes.create("exact", space, 0)) {
            for (int i = 0; i < FACES; i++) {
                index.put(Vectors.face(i), Vectors.random(space, random));
            }
            List<String> found = new ArrayList<>();
            for (int i = 0; i < PROBES; i++) {
                found.add(
                        index.nearest(Vectors.random(space, random), 3).stream()
                                .map(n -> n.face().toString())
                                .collect(Collectors.joining(",")));
            }
            return String.join(" ", found);
        }
    }

    /** 3 is AVX-512, 2 AVX2, 1 AVX, 0 SSE only. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void narrowerVectorsFindTheSame(int avx) throws Exception {
        assumeThat(System.getProperty("os.arch")).as("a processor with AVX").isEqualTo("amd64");
        assertThat(inItsOwnJvm("-XX:UseAVX=" + avx)).isEqualTo(search());
    }

    @Test
    void aJvmWithoutItsCompilersFindsTheSame() throws Exception {
        assertThat(inItsOwnJvm("-Xint")).isEqualTo(search());
    }

    private static String inItsOwnJvm(String option) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                option,
                                "--add-modules=jdk.incubator.vector",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                NarrowVectorsIT.class.getName())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList().getLast();
    }
}
