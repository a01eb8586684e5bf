package io.facet.hub.store.postgres;

import io.facet.hub.cameras.CameraOutbox;
import io.facet.hub.events.HubEvent;
import io.facet.model.CameraId;
import java.time.InstantSource;

/** What was told of cameras, in their rows. Thread-safe. */
public final class PostgresCameraOutbox implements CameraOutbox {
    private final Database database;
    private final Outbox outbox;
    private final InstantSource clock;

    public PostgresCameraOutbox(Database database, Outbox outbox, InstantSource clock) {
        this.database = database;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public void tell(CameraId camera, boolean streaming, HubEvent event) {
        database.transaction(handle -> {
            int news =
                    handle.createUpdate(
                                    "UPDATE cameras SET told_streaming = :streaming WHERE"
                                            + " camera_id = :id AND removed_at IS NULL AND"
                                            + " told_streaming <> :streaming")
                            .bind("id", camera.value())
                            .bind("streaming", streaming)
                            .execute();
            if (news == 1) {
                outbox.tell(handle, event, clock.instant());
            }
            return true;
        });
    }
}
