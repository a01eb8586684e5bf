package io.facet.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServiceManagerTest {
    @TempDir Path folder;

    @BeforeEach
    void needsLinux() {
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    }

    @Test
    void saysThatItIsReadyBeatsAndSaysGoodBye() throws Throwable {
        Path ready = folder.resolve("ready");
        String socket = folder.resolve("notify").toString();
        try (NotifyListener systemd = new NotifyListener(socket)) {
            ServiceManager told =
                    ServiceManager.of(
                            Map.of(
                                    "NOTIFY_SOCKET",
                                    socket,
                                    "WATCHDOG_USEC",
                                    "200000",
                                    "FACET_READY_FILE",
                                    ready.toString()));
            assertThat(ready).doesNotExist();
            told.started(Optional.empty(), () -> true);
            assertThat(systemd.next()).isEqualTo("READY=1\nSTATUS=ready");
            assertThat(systemd.next()).isEqualTo("WATCHDOG=1");
            assertThat(systemd.next()).isEqualTo("WATCHDOG=1");
            assertThat(ready).exists();
            told.close();
            String last = systemd.next();
            while (last.equals("WATCHDOG=1")) {
                last = systemd.next();
            }
            assertThat(last).isEqualTo("STOPPING=1");
        }
    }

    @Test
    void aProcessThatDoesNotAnswerDoesNotBeat() throws Throwable {
        String socket = "@facet-test-" + ProcessHandle.current().pid();
        AtomicBoolean asked = new AtomicBoolean();
        try (NotifyListener systemd = new NotifyListener(socket)) {
            ServiceManager told =
                    ServiceManager.of(Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", "20000"));
            told.started(
                    Optional.of("models"),
                    () -> {
                        asked.set(true);
                        return false;
                    });
            assertThat(systemd.next()).isEqualTo("READY=1\nSTATUS=not ready: models");
            org.awaitility.Awaitility.await().untilTrue(asked);
            told.close();
            assertThat(systemd.next()).isEqualTo("STOPPING=1");
        }
    }

    @Test
    void troubleMakesNoReadyFile() {
        Path ready = folder.resolve("ready");
        try (ServiceManager told =
                ServiceManager.of(Map.of("FACET_READY_FILE", ready.toString()))) {
            told.started(Optional.of("models"), () -> true);
        }
        assertThat(ready).doesNotExist();
    }

    @Test
    void withoutAServiceManagerItSaysNothing() {
        try (ServiceManager nobody = ServiceManager.of(Map.of("NOTIFY_SOCKET", ""))) {
            nobody.started(Optional.empty(), () -> true);
        }
        try (ServiceManager tooLong =
                ServiceManager.of(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(200)))) {
            tooLong.started(Optional.empty(), () -> true);
        }
    }

    @Test
    void aServerThatAnswersHasAPulseAndNothingHasNone() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            server.accept().close();
                        } catch (java.io.IOException closed) {
                            throw new java.io.UncheckedIOException(closed);
                        }
                    });
            assertThat(new Pulse("0.0.0.0", port).getAsBoolean()).isTrue();
        }
        assertThat(new Pulse("127.0.0.1", port).getAsBoolean()).isFalse();
    }
}
