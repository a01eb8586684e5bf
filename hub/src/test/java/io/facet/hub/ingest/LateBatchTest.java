package io.facet.hub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.crypto.SealingKeyPair;
import io.facet.hub.events.ReceivedEvent;
import io.facet.model.AgentId;
import io.facet.model.CameraId;
import io.facet.model.EventId;
import io.facet.model.FaceEvent;
import io.facet.model.SiteId;
import io.facet.wire.EventCodec;
import io.facet.wire.WireTimes;
import io.facet.wire.v1.EventBatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Batches that were sent as news and lay on a dead line, or at the broker. */
class LateBatchTest {
    private static final AgentId BOX = new AgentId("box-1");
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final Duration HUB_AHEAD = Duration.ofHours(-3);

    @Test
    void whatIsLongOnItsWayIsHistorical() {
        assertThat(historical(Duration.ofSeconds(6), HUB_AHEAD)).isTrue();
        assertThat(historical(Duration.ofDays(2), HUB_AHEAD)).isTrue();
    }

    @Test
    void whatComesSoonIsNewsWhateverTheBoxsClockSays() {
        assertThat(historical(Duration.ofSeconds(4), HUB_AHEAD)).isFalse();
        assertThat(historical(Duration.ZERO, Duration.ofDays(20_000))).isFalse();
        assertThat(historical(Duration.ZERO, Duration.ZERO)).isFalse();
    }

    @Test
    void aBoxThatDoesNotKnowTheHubsTimeIsBelieved() {
        assertThat(historical(Duration.ofDays(1), null)).isFalse();
    }

    /** Of an event that was so long on its way, from a box whose clock is so far from the hub's. */
    private static boolean historical(Duration underWay, @Nullable Duration hubMinusBox) {
        Instant boxNow = hubMinusBox == null ? NOW : NOW.minus(hubMinusBox);
        FaceEvent event =
                new FaceEvent.CameraConnected(
                        new FaceEvent.Header(
                                new EventId(new UUID(1, 1)),
                                BOX,
                                SiteId.DEFAULT,
                                new CameraId(new UUID(1, 2)),
                                boxNow.minus(underWay),
                                new UUID(1, 3),
                                1,
                                Duration.ofSeconds(3),
                                hubMinusBox,
                                false));
        EventBatch batch =
                EventBatch.newBuilder()
                        .setVersion(1)
                        .setSentAtUs(WireTimes.micros(boxNow.minus(underWay)))
                        .addEvents(EventCodec.encode(event, (_, _) -> Optional.empty()))
                        .build();
        List<ReceivedEvent> stored = new ArrayList<>();
        OneBox box =
                new OneBox(BOX) {
                    @Override
                    public int ingest(List<ReceivedEvent> events) {
                        stored.addAll(events);
                        return events.size();
                    }
                };
        new EventInbox(
                        box,
                        _ -> Optional.of(SiteId.DEFAULT),
                        SealingKeyPair.generate(),
                        (_, _, _, _) -> true,
                        _ -> {},
                        InstantSource.fixed(NOW))
                .take(BOX, batch.toByteArray());
        return stored.getFirst().historical();
    }
}
