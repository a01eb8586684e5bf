package io.facet.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at random moments: what was recorded arrives, once, and in no other number. */
class CrashIT {
    @TempDir private Path folder = Path.of("");

    @Test
    void twentyKillsLoseNothingAndDoubleNothing() throws Exception {
        killed(20);
    }

    @Test
    @Tag("long")
    void twoHundredKillsLoseNothingAndDoubleNothing() throws Exception {
        killed(200);
    }

    private void killed(int rounds) throws Exception {
        Random random = new Random(20260501);
        try (TestBroker broker = new TestBroker(folder.resolve("broker"));
                FakeHub hub = new FakeHub(broker.endpoint(TestBroker.HUB))) {
            hub.introduceItself();
            long recorded = 0;
            for (int round = 0; round < rounds; round++) {
                recorded = Math.max(recorded, recordUntilKilled(broker, random));
            }
            assertThat(child(broker, "drain").waitFor(120, TimeUnit.SECONDS)).isTrue();
            long highest = recorded;
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(hub.stored.size()).isGreaterThanOrEqualTo((int) highest));

            List<Long> stored = hub.sequences();
            System.out.printf(
                    "kills %d, said to be stored %d, stored at the hub %d, received %d%n",
                    rounds, recorded, stored.size(), hub.received.get());
            assertThat(recorded).as("something was recorded").isGreaterThan(rounds);
            assertThat(stored)
                    .as("no hole, no sequence twice")
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, stored.size()).boxed().toList());
            assertThat((long) stored.size()).isGreaterThanOrEqualTo(recorded);
        }
    }

    /** The last sequence the child said to be on disk. */
    private long recordUntilKilled(TestBroker broker, Random random) throws Exception {
        Process child = child(broker, "record");
        long last = 0;
        try (BufferedReader said = child.inputReader()) {
            // The first event shows that it runs; how long it lives from there on is chance.
            String line = said.readLine();
            Thread killer =
                    Thread.ofVirtual().start(() -> killAfter(child, random.nextInt(20, 2_500)));
            while (line != null) {
                // A line cut in the middle was never said.
                if (line.matches("stored \\d+")) {
                    last = Math.max(last, Long.parseLong(line.substring(7)));
                }
                line = said.readLine();
            }
            killer.join();
        }
        child.waitFor();
        return last;
    }

    private static void killAfter(Process child, int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        // By its handle: the process itself would close the pipe that is still being read.
        child.toHandle().destroyForcibly();
    }

    private Process child(TestBroker broker, String what) throws IOException {
        MqttEndpoint endpoint = broker.endpoint("agent-1");
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashChild.class.getName(),
                        folder.resolve("agent").toString(),
                        endpoint.url().toString(),
                        endpoint.password().reveal(),
                        what)
                .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }
}
