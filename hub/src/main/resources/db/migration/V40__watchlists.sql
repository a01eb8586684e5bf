-- Lists of people who are looked out for, each with its own rules. Membership is ids only and goes
-- with the person.
CREATE TABLE watchlists (
    watchlist_id uuid PRIMARY KEY,
    name         text        NOT NULL,
    threshold    real,                  -- null: the system's
    colour       text        NOT NULL,
    expires_at   timestamptz,           -- null: never
    cameras      uuid[]      NOT NULL,  -- empty: every camera
    sites        text[]      NOT NULL,  -- empty: every site
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL
);
CREATE UNIQUE INDEX watchlist_names ON watchlists (lower(name));

CREATE TABLE watchlist_members (
    watchlist_id uuid        NOT NULL REFERENCES watchlists ON DELETE CASCADE,
    person_id    uuid        NOT NULL REFERENCES people ON DELETE CASCADE,
    added_at     timestamptz NOT NULL,
    PRIMARY KEY (watchlist_id, person_id)
);
CREATE INDEX watchlists_of_person ON watchlist_members (person_id);

-- Which lists a recognition matched when it came in; null where none.
ALTER TABLE events ADD COLUMN watchlists uuid[];

-- A camera's own threshold, above the system's and every list's.
ALTER TABLE cameras ADD COLUMN threshold real;
