package io.facet.lifecycle;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/**
 * Whether a web server of this process still answers: it is asked for {@code /health/live}. Any
 * answer counts, also that of a server that speaks TLS and ends the connection: its threads run.
 * Thread-safe.
 *
 * @param host the address it listens on; the wildcard is asked over the loopback interface
 */
public record Pulse(String host, int port) implements BooleanSupplier {
    private static final int PATIENCE_MS = 5_000;
    private static final byte[] QUESTION =
            "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    @Override
    public boolean getAsBoolean() {
        try (Socket socket = new Socket()) {
            InetAddress at = InetAddress.getByName(host);
            socket.connect(
                    new InetSocketAddress(
                            at.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : at, port),
                    PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(QUESTION);
            int _ = socket.getInputStream().read();
            return true;
        } catch (java.net.SocketTimeoutException | java.net.ConnectException silent) {
            return false;
        } catch (IOException cutOff) {
            return true;
        }
    }
}
