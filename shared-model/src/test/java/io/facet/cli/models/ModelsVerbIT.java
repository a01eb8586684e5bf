package io.facet.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.vision.catalog.TestFolders;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ModelsVerbIT {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir private Path folder = Path.of("");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Exception> failures = new ArrayList<>();

    @BeforeEach
    void configureACacheOfItsOwn() throws IOException {
        Files.writeString(
                config(),
                JSON.writeValueAsString(
                        java.util.Map.of(
                                "recognition",
                                java.util.Map.of("model", "auto", "threshold", 0.7),
                                "models",
                                java.util.Map.of("cache_dir", cache().toString()))));
    }

    @Test
    void listShowsEveryPackAndThatNothingIsCached() throws IOException {
        assertThat(run("list", "--json")).isZero();

        JsonNode packs = lastLine().get("packs");
        assertThat(packs.findValuesAsText("name"))
                .containsExactly("open", "starter", "zoo", "insightface");
        assertThat(packs.findValues("cached")).allMatch(cached -> !cached.asBoolean());
        assertThat(cache()).doesNotExist();
    }

    @Test
    void fetchThenVerifyThenRepair() throws IOException {
        TestFolders.models();

        assertThat(run("fetch", "open", "--offline", "--json")).isZero();
        JsonNode fetched = lastLine();
        assertThat(fetched.get("pack").asText()).isEqualTo("open");
        assertThat(fetched.get("space").asText()).matches("[0-9a-f]{32}");

        assertThat(run("verify", "open", "--json")).isZero();
        assertThat(lastLine().get("ok").asBoolean()).isTrue();

        Path detector = cached("yunet_n_dynamic.onnx");
        Files.write(detector, new byte[] {1});
        assertThat(run("verify", "--json")).isOne();
        assertThat(lastLine().get("networks").findValuesAsText("state"))
                .containsOnlyOnce("damaged");

        assertThat(run("fetch", "open", "--offline")).isZero();
        assertThat(run("verify", "open")).isZero();
    }

    @Test
    void verifyOfAPackThatIsNotThereFails() {
        assertThat(run("verify", "open")).isOne();
        assertThat(out.toString()).contains("missing", "models fetch");
    }

    @Test
    void restrictedWeightsAreRefusedUntilAccepted() {
        run("fetch", "insightface", "--offline");

        assertThat(failures)
                .singleElement()
                .isInstanceOfSatisfying(
                        FacetException.class,
                        refusal ->
                                assertThat(refusal.code())
                                        .isEqualTo(ErrorCode.LICENCE_NOT_ACCEPTED));
        assertThat(cache()).doesNotExist();
    }

    @Test
    void useWritesThePackAndKeepsTheRest() throws IOException {
        assertThat(run("use", "starter")).isZero();

        JsonNode written = JSON.readTree(config().toFile());
        assertThat(written.at("/recognition/model").asText()).isEqualTo("starter");
        assertThat(written.at("/recognition/threshold").asDouble()).isEqualTo(0.7);
        assertThat(written.at("/models/cache_dir").asText()).isEqualTo(cache().toString());
    }

    @Test
    void usingAnUnknownPackLeavesTheFileAlone() throws IOException {
        String before = Files.readString(config());

        run("use", "strater");

        assertThat(failures)
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("'strater'", "open, starter, zoo, insightface");
        assertThat(config()).hasContent(before);
    }

    @Test
    void usingRestrictedWeightsWarnsThatTheyMeanAuto() {
        assertThat(run("use", "insightface")).isZero();
        assertThat(err.toString()).contains("not verified", "means auto");
    }

    private int run(String... arguments) {
        CommandLine line = new CommandLine(new ModelsVerb());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        line.setExecutionExceptionHandler((failure, _, _) -> {
            failures.add(failure);
            return 1;
        });
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--config");
        all.add(config().toString());
        return line.execute(all.toArray(String[]::new));
    }

    private JsonNode lastLine() throws IOException {
        return JSON.readTree(out.toString().lines().toList().getLast());
    }

    private Path config() {
        return folder.resolve("config.json");
    }

    private Path cache() {
        return folder.resolve("cache");
    }

    private Path cached(String name) throws IOException {
        try (Stream<Path> files = Files.list(cache())) {
            return files.filter(file -> file.toString().endsWith(name)).findFirst().orElseThrow();
        }
    }
}
