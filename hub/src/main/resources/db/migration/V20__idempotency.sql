-- Tokens of changes that shall happen once. Nothing personal: what was asked is kept as keyed
-- digests, the answer as ciphertext. Rows are deleted when they expire.
CREATE TABLE idempotent_calls (
    call_digest    bytea PRIMARY KEY,    -- caller, call and token
    request_digest bytea       NOT NULL,
    reserved_id    uuid        NOT NULL, -- of what the change makes, the same at every attempt
    attempt_id     uuid        NOT NULL, -- who is at it, or was last
    lease_ends_at  timestamptz NOT NULL, -- from when another attempt may take over
    answer         bytea,                -- null while nobody has one
    expires_at     timestamptz NOT NULL
);
CREATE INDEX idempotent_calls_end ON idempotent_calls (expires_at);
