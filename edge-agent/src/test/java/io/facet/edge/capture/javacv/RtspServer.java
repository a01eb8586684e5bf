package io.facet.edge.capture.javacv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real RTSP server, of Debian's packages; without them the test skips. */
final class RtspServer implements AutoCloseable {
    private final Process process;
    private final int port;

    private RtspServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static RtspServer start(Path folder) throws IOException {
        Path script = folder.resolve("rtsp_server.py");
        try (InputStream in = RtspServer.class.getResourceAsStream("/rtsp_server.py")) {
            Files.write(script, in.readAllBytes());
        }
        Path python = Path.of("/usr/bin/python3");
        Assumptions.assumeTrue(Files.isExecutable(python), "needs Debian's python3");
        Process process =
                new ProcessBuilder(List.of(python.toString(), script.toString()))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        BufferedReader out = process.inputReader(StandardCharsets.US_ASCII);
        String port = out.readLine();
        if (port == null) {
            process.destroyForcibly();
        }
        Assumptions.assumeTrue(
                port != null,
                "needs Debian's gir1.2-gst-rtsp-server-1.0, python3-gi and GStreamer plugins");
        return new RtspServer(process, Integer.parseInt(port));
    }

    String address(String scheme) {
        return scheme + "://127.0.0.1:" + port + "/ball";
    }

    @Override
    public void close() {
        die();
    }

    /** Goes away without a word to its viewers. */
    void die() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
