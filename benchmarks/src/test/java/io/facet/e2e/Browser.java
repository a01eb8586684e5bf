package io.facet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Chromium, driven by {@code hub/src/test/web/drive.mjs}, whose options these are. */
final class Browser {
    private static final long MOST_MINUTES = 6;

    private final Path folder;

    private Browser(Path folder) {
        this.folder = folder;
    }

    /** Skips the test by name where there is no Chromium, Node or npm package. */
    static Browser orSkip() throws IOException, InterruptedException {
        Path chromium =
                Path.of(System.getenv().getOrDefault("FACET_CHROMIUM", "/usr/bin/chromium"));
        assumeThat(Files.isExecutable(chromium)).as("Chromium at %s", chromium).isTrue();
        Path folder = Program.home().resolve("hub/src/test/web");
        Path installed = folder.resolve("node_modules/.package-lock.json");
        if (!Files.exists(installed)) {
            assumeThat(run(folder, "npm", "ci", "--loglevel=error"))
                    .as("the npm packages of %s", folder)
                    .isTrue();
        }
        return new Browser(folder);
    }

    /** Uses the page; fails with what the page did not do. */
    void drive(Map<String, String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", "drive.mjs"));
        options.forEach((name, value) -> {
            command.add("--" + name);
            if (!value.isEmpty()) {
                command.add(value);
            }
        });
        Path output = Files.createTempFile("drive", ".log");
        Process node =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        if (!node.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
            node.destroyForcibly().waitFor();
        }
        String said = Files.readString(output).strip().lines().reduce("", (_, last) -> last);
        Files.delete(output);
        assertThat(said).as("the last line of drive.mjs").startsWith("{");
        JsonNode report = JsonMapper.builder().build().readTree(said);
        assertThat(report.path("ok").asBoolean()).as(report.toPrettyString()).isTrue();
    }

    private static boolean run(Path folder, String... command)
            throws IOException, InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
            if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            return process.waitFor() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }
}
