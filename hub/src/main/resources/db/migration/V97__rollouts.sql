ALTER TABLE agents ADD COLUMN groups text[] NOT NULL DEFAULT '{}';

-- Grows with every change of what a box is to run, also over a box that is removed and comes back:
-- 1 stands for a box that was never asked for anything.
CREATE SEQUENCE software_revisions START 2;
ALTER TABLE agents ADD COLUMN software_revision bigint NOT NULL DEFAULT 1;
-- So that a restored backup counts on from there.
ALTER SEQUENCE software_revisions OWNED BY agents.software_revision;

CREATE TABLE rollouts (
    rollout_id   uuid PRIMARY KEY, -- in the order they began
    product      text        NOT NULL,
    version      text        NOT NULL,
    stages       jsonb       NOT NULL,
    sites        text[],           -- null: every site
    hold_seconds bigint      NOT NULL,
    max_failures integer     NOT NULL,
    state        text        NOT NULL, -- running, paused, halted, done, stopped, rolled_back
    reason       text        NOT NULL DEFAULT '',
    stage        integer     NOT NULL DEFAULT 0,
    well_since   timestamptz,      -- since when its stage has been well
    forgiven     integer     NOT NULL DEFAULT 0, -- failures it went on after
    started_by   text        NOT NULL,
    started_at   timestamptz NOT NULL,
    changed_at   timestamptz NOT NULL
);
CREATE INDEX rollouts_of_product ON rollouts (product, rollout_id DESC);
-- No two of a product go on at once.
CREATE UNIQUE INDEX open_rollout_of_product ON rollouts (product)
    WHERE state IN ('running', 'paused', 'halted');

CREATE TABLE rollout_artefacts (
    rollout_id uuid NOT NULL REFERENCES rollouts ON DELETE CASCADE,
    sha256     text NOT NULL REFERENCES artefacts,
    PRIMARY KEY (rollout_id, sha256)
);
CREATE INDEX rollouts_of_artefact ON rollout_artefacts (sha256);

-- Boxes that were asked, and how they stand to it.
CREATE TABLE rollout_devices (
    rollout_id uuid        NOT NULL REFERENCES rollouts ON DELETE CASCADE,
    agent_id   text        NOT NULL REFERENCES agents ON DELETE CASCADE,
    sha256     text        NOT NULL,
    former     text,                 -- what it was to run before; null: nothing was said
    revision   bigint      NOT NULL, -- with which it was asked
    state      text        NOT NULL,
    reason     text        NOT NULL DEFAULT '',
    bytes      bigint      NOT NULL DEFAULT 0,
    asked_at   timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (rollout_id, agent_id)
);
CREATE INDEX rollouts_of_device ON rollout_devices (agent_id);

-- What boxes are to run now; nothing is said of a product that is not here.
CREATE TABLE desired_software (
    agent_id text NOT NULL REFERENCES agents ON DELETE CASCADE,
    product  text NOT NULL,
    sha256   text NOT NULL REFERENCES artefacts,
    PRIMARY KEY (agent_id, product)
);
CREATE INDEX desired_artefact ON desired_software (sha256);
