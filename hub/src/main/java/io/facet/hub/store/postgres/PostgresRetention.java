package io.facet.hub.store.postgres;

import io.facet.hub.events.EventKind;
import io.facet.hub.retention.RetentionStore;
import java.time.Instant;
import java.util.List;

/** Deletes old events in PostgreSQL, a few thousand at a time. Thread-safe. */
public final class PostgresRetention implements RetentionStore {
    private static final int STEP = 5_000;
    private static final List<EventKind> RECOGNISED =
            List.of(
                    EventKind.FACE_RECOGNIZED,
                    EventKind.RECOGNITION_UPDATED,
                    EventKind.RECOGNITION_RETRACTED);

    private final Database database;

    public PostgresRetention(Database database) {
        this.database = database;
    }

    @Override
    public long deleteRecognised(Instant before) {
        return delete(RECOGNISED, before);
    }

    @Override
    public long deleteUnknown(Instant before) {
        return delete(List.of(EventKind.UNKNOWN_SEEN), before);
    }

    @Override
    public long deleteImages(Instant before) {
        return steps(
                "WITH old AS (SELECT occurred_at, event_id FROM event_evidence WHERE occurred_at"
                        + " < :before LIMIT :step), seen AS (UPDATE events e SET has_crop = false"
                        + " FROM old WHERE (e.occurred_at, e.event_id) = (old.occurred_at,"
                        + " old.event_id)) DELETE FROM event_evidence v USING old WHERE"
                        + " (v.occurred_at, v.event_id) = (old.occurred_at, old.event_id)",
                List.of(),
                before);
    }

    @Override
    public long deleteClips(Instant before) {
        return steps(
                "WITH old AS (SELECT occurred_at, event_id FROM event_clips WHERE occurred_at"
                        + " < :before LIMIT :step), seen AS (UPDATE events e SET has_clip = false"
                        + " FROM old WHERE (e.occurred_at, e.event_id) = (old.occurred_at,"
                        + " old.event_id)) DELETE FROM event_clips c USING old WHERE"
                        + " (c.occurred_at, c.event_id) = (old.occurred_at, old.event_id)",
                List.of(),
                before);
    }

    /** The id stays known, so that a box that sends the event again does not bring it back. */
    private long delete(List<EventKind> kinds, Instant before) {
        return steps(
                "WITH old AS (SELECT occurred_at, event_id FROM events WHERE kind = ANY(:kinds)"
                        + " AND occurred_at < :before LIMIT :step), evidence AS (DELETE FROM"
                        + " event_evidence v USING old WHERE (v.occurred_at, v.event_id) ="
                        + " (old.occurred_at, old.event_id)) DELETE FROM events e USING old WHERE"
                        + " (e.occurred_at, e.event_id) = (old.occurred_at, old.event_id)",
                kinds,
                before);
    }

    private long steps(String sql, List<EventKind> kinds, Instant before) {
        long all = 0;
        int step;
        do {
            step =
                    database.transaction(handle -> {
                        var update =
                                handle.createUpdate(sql)
                                        .bind("before", Rows.at(before))
                                        .bind("step", STEP);
                        if (!kinds.isEmpty()) {
                            update.bindArray(
                                    "kinds",
                                    String.class,
                                    kinds.stream().map(EventKind::wireName).toArray());
                        }
                        return update.execute();
                    });
            all += step;
        } while (step == STEP);
        return all;
    }
}
