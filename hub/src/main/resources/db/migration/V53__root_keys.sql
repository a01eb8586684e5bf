-- Keys that encrypt what belongs to no person, each wrapped by the master key, so that a new master
-- key means wrapping again and not encrypting again.
CREATE TABLE root_keys (
    name    text PRIMARY KEY,
    wrapped bytea NOT NULL
);
