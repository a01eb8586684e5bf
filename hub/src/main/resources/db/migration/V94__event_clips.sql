-- Films around events, WebM: under the key of the person whom the event names, else under the hub's.
-- A film goes with its event, whoever deletes that.
CREATE TABLE event_clips (
    event_id    uuid        NOT NULL,
    occurred_at timestamptz NOT NULL,
    track_id    uuid        NOT NULL, -- the visit it shows, which later events may say more of
    person_id   uuid,                 -- whose key it is under; null: the hub's
    film        bytea       NOT NULL,
    stored_at   timestamptz NOT NULL,
    PRIMARY KEY (occurred_at, event_id),
    FOREIGN KEY (occurred_at, event_id) REFERENCES events ON DELETE CASCADE
);
CREATE INDEX clips_of_person ON event_clips (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX clips_of_track ON event_clips (track_id);
ALTER TABLE event_clips ALTER COLUMN film SET STORAGE EXTERNAL;

ALTER TABLE events ADD COLUMN has_clip boolean NOT NULL DEFAULT false;
