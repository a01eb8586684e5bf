package io.facet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.wire.WireIds;
import io.facet.wire.v1.Event;
import io.facet.wire.v1.EventBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What a box said over a line, whether it got through or not: the batches, to be said again, and
 * what of each event can be checked. Thread-safe.
 */
final class Heard {
    private static final int KEPT = 400;

    private final Random random;
    private final List<byte[]> batches = new ArrayList<>();
    private final Map<Long, Said> bySequence = new TreeMap<>();
    private final Map<UUID, Integer> lives = new HashMap<>();
    private int life;
    private int lastHeard;
    private long times;

    Heard(Random random) {
        this.random = random;
    }

    /**
     * What was said of an event.
     *
     * @param first how many were first said before it
     * @param lives in which lives of the box's process it was said
     * @param historical with which of the two marks
     */
    record Said(UUID event, UUID boot, int first, Set<Integer> lives, Set<Boolean> historical) {}

    /** A listener for one connection. */
    Consumer<byte[]> connection() {
        MqttEars ears = new MqttEars(this::published);
        return ears::hear;
    }

    /** The process starts again: what comes now is of its next life. */
    synchronized void born() {
        life++;
    }

    /** The life that has begun is this boot's. */
    synchronized void boot(UUID boot) {
        lives.put(boot, life);
    }

    private synchronized void published(String topic, byte[] payload) {
        if (!topic.endsWith("/events")) {
            return;
        }
        keep(payload);
        try {
            EventBatch.parseFrom(payload).getEventsList().forEach(this::said);
        } catch (InvalidProtocolBufferException notABatch) {
            throw new IllegalStateException(notABatch);
        }
    }

    private void keep(byte[] payload) {
        if (batches.size() == KEPT) {
            batches.remove(random.nextInt(KEPT));
        }
        batches.add(payload);
    }

    private void said(Event event) {
        times++;
        lastHeard = life;
        Said said =
                bySequence.computeIfAbsent(
                        event.getSequence(),
                        _ ->
                                new Said(
                                        WireIds.uuid("event_id", event.getEventId()),
                                        WireIds.uuid("boot_id", event.getBootId()),
                                        bySequence.size(),
                                        new TreeSet<>(),
                                        new TreeSet<>()));
        assertThat(WireIds.uuid("event_id", event.getEventId())).isEqualTo(said.event());
        said.lives().add(life);
        said.historical().add(event.getHistorical());
    }

    /** Some batches of any time, the newest among them, in no order. */
    synchronized List<byte[]> someBatches(int most) {
        List<byte[]> some = new ArrayList<>();
        for (int i = 0; i < most && !batches.isEmpty(); i++) {
            int recent = Math.min(batches.size(), 4);
            some.add(
                    i % 2 == 0
                            ? batches.get(batches.size() - 1 - random.nextInt(recent))
                            : batches.get(random.nextInt(batches.size())));
        }
        return some;
    }

    /** Whether the life that began last has said an event. */
    synchronized boolean speaks() {
        return lastHeard == life;
    }

    /** How often an event was said, all together. */
    synchronized long times() {
        return times;
    }

    /** By sequence, ascending. */
    synchronized Map<Long, Said> events() {
        return new TreeMap<>(bySequence);
    }

    /** In which life a boot was. */
    synchronized int life(UUID boot) {
        return lives.getOrDefault(boot, 0);
    }
}
