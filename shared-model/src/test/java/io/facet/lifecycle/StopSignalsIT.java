package io.facet.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a process of its own: signals are the process's. */
class StopSignalsIT {
    /** Says when it runs, when its hooks run, and when it has stopped its parts. */
    static final class Main {
        private Main() {}

        public static void main(String[] args) throws InterruptedException {
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
            StopSignals.onFirst(stopped::countDown, () -> {});
            System.out.println("runs");
            stopped.await();
            if (args.length > 0) {
                System.out.println("hangs");
                Thread.sleep(600_000);
            }
            Thread.sleep(200);
            System.out.println("parts stopped");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "HUP"})
    void partsStopBeforeAnyHookRuns(String signal) throws Exception {
        assumeFalse(isIgnored(signal), "SIG" + signal + " is ignored here, as under nohup");
        Process process = start();
        BufferedReader out = process.inputReader();
        assertThat(out.readLine()).isEqualTo("runs");
        send(signal, process);
        assertThat(out.readLine()).isEqualTo("parts stopped");
        assertThat(out.readLine()).isEqualTo("hook");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aSecondSignalEndsAProcessThatHangs() throws Exception {
        Process process = start("hang");
        BufferedReader out = process.inputReader();
        assertThat(out.readLine()).isEqualTo("runs");
        send("TERM", process);
        assertThat(out.readLine()).isEqualTo("hangs");
        send("TERM", process);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
    }

    /** A process that ignores a signal hands that on to its children, and the JVM respects it. */
    private static boolean isIgnored(String signal) throws Exception {
        int number =
                switch (signal) {
                    case "HUP" -> 1;
                    case "INT" -> 2;
                    default -> 15;
                };
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .anyMatch(mask -> (mask >> (number - 1) & 1) == 1);
    }

    private static Process start(String... arguments) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName());
        builder.command().addAll(java.util.List.of(arguments));
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static void send(String signal, Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor())
                .isZero();
    }
}
