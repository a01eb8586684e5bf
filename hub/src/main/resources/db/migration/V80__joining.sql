-- What boxes join with, once. The hash of the key a token was used with lets that same box ask
-- again when the answer did not reach it, and nobody else.
CREATE TABLE join_tokens (
    token_id   text PRIMARY KEY,
    token_hash bytea       NOT NULL UNIQUE,
    site_id    text        NOT NULL,
    agent_id   text,       -- whom it is for, or who joined with it
    created_by text        NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    used_key   bytea
);

-- Certificates of boxes, by serial number. A revoked one stays until it would have ended.
CREATE TABLE device_certificates (
    serial     text PRIMARY KEY,
    agent_id   text        NOT NULL,
    issued_at  timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX certificates_of_agent ON device_certificates (agent_id);
