package io.facet.hub.ingest;

import io.facet.error.FacetException;
import io.facet.hub.mqtt.MqttLink;
import io.facet.model.AgentId;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few threads, each box always on the same one, so that what it says is taken in its order. The
 * queues are longer than the link's inbox; a broker that sends more than that all the same (as
 * Mosquitto 2.0.11 does) is made to wait, for a message left lying would be acknowledged by nobody.
 * Work that fails because the database is away is tried until it succeeds; its message stays
 * unacknowledged meanwhile. Thread-safe.
 */
final class Workers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final int THREADS = 4;
    private static final long FIRST_WAIT_MS = 100;
    private static final long LONGEST_WAIT_MS = 5_000;

    /** Messages that can wait in one lane. */
    static final int CAPACITY = 2 * MqttLink.INBOX;

    private final List<ThreadPoolExecutor> lanes =
            Stream.generate(Workers::lane).limit(THREADS).toList();

    private static ThreadPoolExecutor lane() {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(CAPACITY),
                Thread.ofPlatform().daemon().name("ingest-", 0).factory(),
                Workers::waitForRoom);
    }

    /** What a full lane does with one more. */
    private static void waitForRoom(Runnable work, ThreadPoolExecutor lane) {
        try {
            while (!lane.isShutdown()) {
                if (lane.getQueue().offer(work, 100, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        throw new RejectedExecutionException("closing");
    }

    /** Messages that wait in the fullest lane. */
    int depth() {
        return lanes.stream().mapToInt(lane -> lane.getQueue().size()).max().orElse(0);
    }

    /** Runs the work, again and again if need be, and then says that it is done. */
    void submit(AgentId agent, Runnable work, Runnable done) {
        try {
            lanes.get(Math.floorMod(agent.hashCode(), THREADS))
                    .execute(() -> {
                        if (succeed(agent, work)) {
                            done.run();
                        }
                    });
        } catch (RejectedExecutionException closing) {
            LOG.debug("a message of {} came while closing; it stays unacknowledged", agent);
        }
    }

    private static boolean succeed(AgentId agent, Runnable work) {
        long wait = FIRST_WAIT_MS;
        while (true) {
            try {
                work.run();
                return true;
            } catch (FacetException notNow) {
                LOG.warn("taking in a message of {} waits: {}", agent, notNow.reason());
            } catch (RuntimeException defect) {
                LOG.error("a message of {} is given up", agent, defect);
                return true;
            }
            try {
                Thread.sleep(wait);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            }
            wait = Math.min(LONGEST_WAIT_MS, wait * 2);
        }
    }

    @Override
    public void close() {
        lanes.forEach(ExecutorService::shutdown);
        for (ExecutorService lane : lanes) {
            try {
                if (!lane.awaitTermination(5, TimeUnit.SECONDS)) {
                    lane.shutdownNow();
                }
            } catch (InterruptedException stop) {
                lane.shutdownNow();
                Thread.currentThread().interrupt();
            }
        }
    }
}
