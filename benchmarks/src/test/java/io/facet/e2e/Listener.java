package io.facet.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The npm socket.io-client in a Node process of its own. Thread-safe. */
final class Listener implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process node;
    private final List<JsonNode> lines = new CopyOnWriteArrayList<>();

    Listener(Path modules, URI hub, String token, String transport) throws IOException {
        Path script = Path.of(Listener.class.getResource("listen.cjs").getPath());
        node =
                new ProcessBuilder(
                                "node",
                                script.toString(),
                                modules.toString(),
                                hub.toString(),
                                token,
                                transport)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        Thread.ofVirtual().start(this::read);
    }

    /** The data of every event of this name so far. */
    List<JsonNode> events(String name) {
        return lines.stream()
                .filter(line -> line.path("event").asText().equals(name))
                .map(line -> line.path("data"))
                .toList();
    }

    @Override
    public void close() {
        node.destroyForcibly();
    }

    private void read() {
        try (BufferedReader out = node.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(JSON.readTree(line));
            }
        } catch (IOException closed) {
            if (node.isAlive()) {
                throw new UncheckedIOException(closed);
            }
        }
    }
}
