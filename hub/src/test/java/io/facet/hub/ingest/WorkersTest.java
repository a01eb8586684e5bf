package io.facet.hub.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.mqtt.MqttLink;
import io.facet.model.AgentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private static final AgentId BOX = new AgentId("box");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void moreThanTheReceiveMaximumWaitsAndIsTakenInOrder() throws Exception {
        int all = 10 * MqttLink.INBOX;
        CountDownLatch database = new CountDownLatch(1);
        List<Integer> taken = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger done = new AtomicInteger();
        try (Workers workers = new Workers()) {
            Thread reader =
                    Thread.ofVirtual()
                            .start(() -> {
                                for (int i = 0; i < all; i++) {
                                    int number = i;
                                    workers.submit(
                                            BOX,
                                            () -> {
                                                awaitQuietly(database);
                                                taken.add(number);
                                            },
                                            done::incrementAndGet);
                                }
                            });
            assertThat(reader.join(Duration.ofMillis(300))).as("the reader waits").isFalse();
            database.countDown();
            assertThat(reader.join(PATIENCE)).isTrue();
            await().atMost(PATIENCE).until(() -> done.get() == all);
            assertThat(taken).isEqualTo(IntStream.range(0, all).boxed().toList());
        }
    }

    @Test
    void whatCannotBeStoredNowIsTriedAgainAndOnlyThenDone() {
        AtomicInteger attempts = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        try (Workers workers = new Workers()) {
            workers.submit(
                    BOX,
                    () -> {
                        assertThat(done).hasValue(0);
                        if (attempts.incrementAndGet() < 3) {
                            throw new FacetException(ErrorCode.UNAVAILABLE, "away");
                        }
                    },
                    done::incrementAndGet);
            await().atMost(PATIENCE).until(() -> done.get() == 1);
            assertThat(attempts).hasValue(3);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
