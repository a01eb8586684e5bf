-- Answers to writes that carried an Idempotency-Key, so that a repetition gets the first answer.
CREATE TABLE idempotency_keys (
    principal   text        NOT NULL,
    key         text        NOT NULL,
    fingerprint bytea       NOT NULL, -- of method, address and body
    claimed_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    status      integer,              -- null while the first request runs
    answer      bytea,                -- ciphertext; null when it held a secret or nothing
    row_id      uuid        NOT NULL, -- the ciphertext's context
    PRIMARY KEY (principal, key)
);
CREATE INDEX idempotency_expiry ON idempotency_keys (expires_at);
