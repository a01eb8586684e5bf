package io.facet.hub.cameras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.cameras.CameraState.Status;
import io.facet.hub.events.HubEvent;
import io.facet.hub.events.LiveFeed;
import io.facet.model.AgentId;
import io.facet.model.Camera;
import io.facet.model.CameraId;
import io.facet.model.CameraSource;
import io.facet.model.SiteId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CameraStatesTest {
    private static final Camera DOOR =
            new Camera(
                    new CameraId(new UUID(7, 7)),
                    "Door",
                    SiteId.DEFAULT,
                    new AgentId("box"),
                    new CameraSource.Device(0));

    private final LiveFeed feed = new LiveFeed();
    private final MemoryOutbox outbox = new MemoryOutbox();
    private CameraStates states = new CameraStates(feed, outbox, InstantSource.system());

    /** Keeps what was told last, as the database does, and may be away. */
    private static final class MemoryOutbox implements CameraOutbox {
        final List<String> told = new ArrayList<>();
        private final Map<CameraId, Boolean> last = new HashMap<>();
        boolean away;

        @Override
        public void tell(CameraId camera, boolean streaming, HubEvent event) {
            if (away) {
                throw new FacetException(ErrorCode.UNAVAILABLE, "the database is away");
            }
            if (last.getOrDefault(camera, false) != streaming) {
                last.put(camera, streaming);
                told.add(event.type());
            }
        }
    }

    @AfterEach
    void close() {
        feed.close();
    }

    private void report(Status status) {
        states.report(
                List.of(DOOR),
                Map.of(
                        DOOR.id(),
                        new CameraState(
                                status, "", 0, 0, 0, Optional.empty(), 0, Optional.empty())));
    }

    @Test
    void aChangeIsToldOnce() {
        report(Status.CONNECTING);
        assertThat(outbox.told).isEmpty();
        report(Status.STREAMING);
        report(Status.STREAMING);
        report(Status.STALLED);
        states.offline(List.of(DOOR), DOOR.agent());
        assertThat(outbox.told).containsExactly("camera_connected", "camera_disconnected");
    }

    @Test
    void aReportThatCouldNotBeToldOfIsTakenInAgain() {
        outbox.away = true;
        assertThatThrownBy(() -> report(Status.STREAMING)).isInstanceOf(FacetException.class);
        assertThat(states.of(DOOR.id()).status()).isEqualTo(Status.PENDING);
        outbox.away = false;
        report(Status.STREAMING);
        assertThat(outbox.told).containsExactly("camera_connected");
    }

    @Test
    void whatHappenedWhileTheHubWasDeadIsToldByTheNext() {
        report(Status.STREAMING);
        states = new CameraStates(feed, outbox, InstantSource.system());
        report(Status.FAILED);
        assertThat(outbox.told).containsExactly("camera_connected", "camera_disconnected");

        states = new CameraStates(feed, outbox, InstantSource.system());
        report(Status.FAILED);
        assertThat(outbox.told).hasSize(2);
    }
}
