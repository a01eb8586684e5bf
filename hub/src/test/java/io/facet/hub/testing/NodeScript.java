package io.facet.hub.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A script of {@code src/test/web} in a Node process of its own, which says JSON, one a line. */
public final class NodeScript implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path FOLDER = Path.of("src/test/web").toAbsolutePath();
    private static final long MOST_MINUTES = 4;

    private final Process node;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private NodeScript(Process node) {
        this.node = node;
        Thread.ofVirtual().start(this::read);
    }

    /** Skips the test by name where there is no Node, or its packages cannot be had. */
    public static NodeScript startOrSkip(String script, String... arguments) throws Exception {
        Path installed = FOLDER.resolve("node_modules/.package-lock.json");
        if (!isNewer(installed, FOLDER.resolve("package-lock.json"))) {
            assumeThat(install()).as("the npm packages of %s", FOLDER).isTrue();
        }
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        return new NodeScript(
                new ProcessBuilder(command)
                        .directory(FOLDER.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    private static boolean isNewer(Path file, Path than) throws IOException {
        return Files.exists(file)
                && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(than)) >= 0;
    }

    private static boolean install() throws InterruptedException {
        try {
            Process npm =
                    new ProcessBuilder("npm", "ci", "--loglevel=error")
                            .directory(FOLDER.toFile())
                            .inheritIO()
                            .start();
            return npm.waitFor(MOST_MINUTES, TimeUnit.MINUTES) && npm.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    private void read() {
        try (BufferedReader out = node.inputReader()) {
            out.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException gone) {
            // The script was ended; what it said so far is what there is.
            Thread.currentThread().interrupt();
        }
    }

    /** What it says next. */
    public JsonNode next() throws InterruptedException, IOException {
        String line = lines.poll(MOST_MINUTES, TimeUnit.MINUTES);
        assertThat(line).as("a line of the script").startsWith("{");
        return JSON.readTree(line);
    }

    /** Waits for a line {@code {"step": NAME}}; a script that failed says {@code error} instead. */
    public void awaitStep(String name) throws InterruptedException, IOException {
        JsonNode said = next();
        assertThat(said.path("step").asText()).as(said.toString()).isEqualTo(name);
    }

    /** Tells it something. */
    public void say(String line) throws IOException {
        node.getOutputStream()
                .write((line + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        node.getOutputStream().flush();
    }

    @Override
    public void close() {
        node.destroyForcibly().onExit().join();
    }
}
