-- Which box is told of whom: everybody where there is no row. A change of it, and of a watchlist's
-- members, is a revision of the gallery like any other.
CREATE TABLE gallery_selections (
    agent_id   text PRIMARY KEY REFERENCES agents ON DELETE CASCADE,
    mode       text   NOT NULL CHECK (mode IN ('all', 'none', 'watchlists')),
    watchlists uuid[] NOT NULL,
    since      bigint NOT NULL -- the revision that the selection began with
);

ALTER TABLE gallery_log DROP CONSTRAINT gallery_log_kind_check;
ALTER TABLE gallery_log ADD CONSTRAINT gallery_log_kind_check CHECK (
    kind IN ('put', 'remove_face', 'person', 'remove_person', 'join', 'leave', 'select'));
ALTER TABLE gallery_log ALTER COLUMN person_id DROP NOT NULL; -- of 'select'
ALTER TABLE gallery_log ADD COLUMN watchlist_id uuid;         -- of 'join' and 'leave'
