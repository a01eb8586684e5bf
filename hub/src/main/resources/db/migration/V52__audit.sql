-- Who read and changed what; ids only. Each batch's hash takes in the one before it.

CREATE TABLE audit_batches (
    batch         bigint PRIMARY KEY,
    first_entry   bigint      NOT NULL,
    entries       integer     NOT NULL,
    root          bytea       NOT NULL, -- Merkle root of the entries
    previous_hash bytea       NOT NULL,
    hash          bytea       NOT NULL,
    written_at    timestamptz NOT NULL
);

CREATE TABLE audit_entries (
    entry      bigint PRIMARY KEY,
    batch      bigint      NOT NULL REFERENCES audit_batches,
    request_id uuid        NOT NULL,
    at         timestamptz NOT NULL,
    actor      text        NOT NULL,
    role       text        NOT NULL,
    action     text        NOT NULL,
    subjects   text[]      NOT NULL,
    outcome    text        NOT NULL
);
CREATE INDEX audit_of_batch ON audit_entries (batch);
CREATE INDEX audit_of_actor ON audit_entries (actor, entry DESC);
CREATE INDEX audit_of_subject ON audit_entries USING gin (subjects);

-- Entries of batches up to here were old enough to go.
CREATE TABLE audit_state (
    only_one       boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    pruned_through bigint NOT NULL
);
INSERT INTO audit_state (pruned_through) VALUES (0);
