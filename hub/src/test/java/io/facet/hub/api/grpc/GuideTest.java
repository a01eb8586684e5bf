package io.facet.hub.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What docs/api.md shows is what is compiled here. */
class GuideTest {
    @Test
    void theExampleOfTheGuideIsTheOneThatCompiles() throws Exception {
        List<String> source =
                Files.readAllLines(
                        Path.of("src/test/java/io/facet/hub/api/grpc/GuideExample.java"));
        int begin = source.indexOf("    // docs: begin");
        int end = source.indexOf("    // docs: end");
        String example = String.join("\n", source.subList(begin + 1, end)).stripIndent().strip();
        assertThat(example).contains("recognizeFaces");
        assertThat(Files.readString(Path.of("../docs/api.md"))).contains(example);
    }

    @Test
    void theGuideNamesEveryCall() throws Exception {
        String guide = Files.readString(Path.of("../docs/api.md"));
        for (Rpc rpc : Rpc.values()) {
            assertThat(guide)
                    .contains("`" + rpc.method().substring(rpc.method().indexOf('/') + 1) + "`");
        }
    }
}
