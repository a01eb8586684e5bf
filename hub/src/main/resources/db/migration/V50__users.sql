-- People with accounts, how they sign in, and how guessing is slowed.

CREATE TABLE users (
    user_id         uuid PRIMARY KEY,
    username        text        NOT NULL UNIQUE, -- lower case
    password_hash   text,                        -- Argon2id; null: signs in elsewhere
    role            text        NOT NULL,
    sites           text[],                      -- null: every site
    disabled        boolean     NOT NULL DEFAULT false,
    issuer          text,
    subject         text,
    created_at      timestamptz NOT NULL,
    last_sign_in_at timestamptz,
    UNIQUE (issuer, subject)
);

CREATE TABLE user_sessions (
    token_hash   bytea PRIMARY KEY,
    user_id      uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    last_used_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL
);
CREATE INDEX sessions_of_user ON user_sessions (user_id);

-- All tokens that came of one sign-in end together.
CREATE TABLE token_families (
    family_id  uuid PRIMARY KEY,
    user_id    uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX families_of_user ON token_families (user_id);

CREATE TABLE refresh_tokens (
    token_hash bytea PRIMARY KEY,
    family_id  uuid        NOT NULL REFERENCES token_families ON DELETE CASCADE,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE INDEX refresh_tokens_of_family ON refresh_tokens (family_id);

-- By the name tried, whether or not there is such a user.
CREATE TABLE sign_in_failures (
    name_digest  bytea PRIMARY KEY,
    failures     integer     NOT NULL,
    last_at      timestamptz NOT NULL,
    locked_until timestamptz
);

ALTER TABLE api_keys ADD COLUMN expires_at timestamptz;
