-- Signed files that boxes fetch; the file itself lies in the data folder of the hub it was given to.
CREATE TABLE artefacts (
    sha256       text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    product      text        NOT NULL, -- facet-edge, facet-models
    version      text        NOT NULL, -- of models the pack
    architecture text        NOT NULL, -- Debian's name; of models all
    size         bigint      NOT NULL,
    space_id     text,                 -- of models: what their templates are of
    added_by     text        NOT NULL,
    added_at     timestamptz NOT NULL
);
