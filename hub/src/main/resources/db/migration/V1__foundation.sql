-- The hub's record of everything. What is personal (profiles, templates, pictures, crops) is
-- AES-256-GCM ciphertext: under the person's own data key where there is a person, so that erasing
-- the person destroys every copy, else under a key derived from the master key.

-- One row: who this installation is, and a ciphertext that shows whether the master key fits.
CREATE TABLE hub (
    only_one   boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    hub_id     uuid        NOT NULL,
    key_check  bytea       NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE sites (
    site_id    text PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO sites (site_id) VALUES ('default');

-- ---- people ---------------------------------------------------------------------------------

-- Ids are UUIDv7, so their order is the order of creation.
CREATE TABLE people (
    person_id          uuid PRIMARY KEY,
    wrapped_key        bytea       NOT NULL, -- the data key, under the master key
    profile            bytea       NOT NULL, -- JSON: name, external_id, metadata
    external_id_digest bytea UNIQUE,         -- keyed, to find and keep unique what is encrypted
    created_at         timestamptz NOT NULL
);

CREATE TABLE faces (
    face_id   uuid PRIMARY KEY,
    person_id uuid        NOT NULL REFERENCES people,
    space_id  text        NOT NULL,
    dimension integer     NOT NULL,
    template  bytea       NOT NULL, -- little-endian float32
    picture   bytea       NOT NULL, -- JPEG
    details   bytea       NOT NULL, -- JSON: quality, metadata
    added_at  timestamptz NOT NULL
);
CREATE INDEX faces_of_person ON faces (person_id);
CREATE INDEX faces_of_space ON faces (space_id, face_id);
ALTER TABLE faces ALTER COLUMN template SET STORAGE EXTERNAL;
ALTER TABLE faces ALTER COLUMN picture SET STORAGE EXTERNAL;

-- Ids only. A restored backup is older than some of these; they are applied to it again.
CREATE TABLE erasures (
    person_id uuid PRIMARY KEY,
    erased_at timestamptz NOT NULL
);

-- ---- gallery log: what edge boxes follow ----------------------------------------------------

-- The row is locked from the assignment of a revision to the commit, so revisions become visible
-- in order: whoever has seen revision n will never see a smaller one appear.
CREATE TABLE gallery_head (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    revision bigint NOT NULL
);
INSERT INTO gallery_head (revision) VALUES (0);

CREATE TABLE gallery_log (
    revision  bigint PRIMARY KEY,
    kind      text        NOT NULL
        CHECK (kind IN ('put', 'remove_face', 'person', 'remove_person')),
    person_id uuid        NOT NULL,
    face_id   uuid,
    space_id  text,
    at        timestamptz NOT NULL
);

-- io.facet.wire.GalleryDigest of each space at the head.
CREATE TABLE gallery_digests (
    space_id text PRIMARY KEY,
    faces    bigint NOT NULL,
    digest   bytea  NOT NULL
);

-- ---- edge boxes and cameras -----------------------------------------------------------------

CREATE TABLE agents (
    agent_id         text PRIMARY KEY,
    site_id          text        NOT NULL REFERENCES sites,
    registered_at    timestamptz NOT NULL,
    last_seen_at     timestamptz,
    report           jsonb,
    cameras_revision bigint      NOT NULL DEFAULT 0
);

CREATE TABLE cameras (
    camera_id     uuid PRIMARY KEY,
    site_id       text        NOT NULL REFERENCES sites,
    agent_id      text        NOT NULL,
    name          text        NOT NULL,
    source        bytea       NOT NULL, -- JSON; addresses hold passwords
    source_digest bytea       NOT NULL,
    added_at      timestamptz NOT NULL,
    removed_at    timestamptz           -- rows stay: their events need a name
);
CREATE UNIQUE INDEX camera_names ON cameras (agent_id, lower(name)) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX camera_sources ON cameras (agent_id, source_digest) WHERE removed_at IS NULL;
CREATE INDEX cameras_of_agent ON cameras (agent_id) WHERE removed_at IS NULL;

-- ---- events ---------------------------------------------------------------------------------

-- A key of a partitioned table holds within a partition only; this one holds over all.
CREATE TABLE event_ids (
    event_id    uuid PRIMARY KEY,
    occurred_at timestamptz NOT NULL
);

-- Partitions are a month each, made ahead and on demand. occurred_at is the capture time by the
-- hub's clock; a box whose clock is absurd gets the time of receipt, captured_at keeps its own.
CREATE TABLE events (
    event_id        uuid        NOT NULL,
    occurred_at     timestamptz NOT NULL,
    received_at     timestamptz NOT NULL,
    captured_at     timestamptz NOT NULL,
    site_id         text        NOT NULL,
    agent_id        text        NOT NULL,
    camera_id       uuid        NOT NULL,
    kind            text        NOT NULL,
    boot_id         uuid        NOT NULL,
    sequence        bigint      NOT NULL,
    monotonic_us    bigint      NOT NULL,
    clock_offset_us bigint,
    simulated       boolean     NOT NULL,
    historical      boolean     NOT NULL,
    track_id        uuid,
    person_id       uuid,
    face_id         uuid,
    confidence      real,
    similarity      real,
    threshold       real,
    reason          text,
    sighting        jsonb,
    has_crop        boolean     NOT NULL,
    PRIMARY KEY (occurred_at, event_id)
) PARTITION BY RANGE (occurred_at);
CREATE INDEX events_of_camera ON events (camera_id, occurred_at DESC, event_id DESC);
CREATE INDEX events_of_person ON events (person_id, occurred_at DESC, event_id DESC)
    WHERE person_id IS NOT NULL;
CREATE INDEX events_of_site ON events (site_id, occurred_at DESC, event_id DESC);

CREATE TABLE event_evidence (
    event_id    uuid        NOT NULL,
    occurred_at timestamptz NOT NULL,
    person_id   uuid,        -- whose key it is under; null: the hub's
    crop        bytea,
    space_id    text,
    dimension   integer,
    embedding   bytea,
    PRIMARY KEY (occurred_at, event_id)
) PARTITION BY RANGE (occurred_at);
CREATE INDEX evidence_of_person ON event_evidence (person_id) WHERE person_id IS NOT NULL;
ALTER TABLE event_evidence ALTER COLUMN crop SET STORAGE EXTERNAL;

-- ---- credentials ----------------------------------------------------------------------------

-- SHA-256 of 256 random bits needs no salt and no slow hash.
CREATE TABLE api_keys (
    prefix       text PRIMARY KEY,
    key_hash     bytea       NOT NULL UNIQUE,
    name         text        NOT NULL,
    role         text        NOT NULL,
    sites        text[],     -- null: every site
    agent_id     text,       -- of a box
    created_at   timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at   timestamptz
);
CREATE INDEX keys_of_agent ON api_keys (agent_id) WHERE agent_id IS NOT NULL;

CREATE TABLE sessions (
    token_hash   bytea PRIMARY KEY,
    key_prefix   text        NOT NULL REFERENCES api_keys ON DELETE CASCADE,
    created_at   timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL
);
CREATE INDEX sessions_of_key ON sessions (key_prefix);
