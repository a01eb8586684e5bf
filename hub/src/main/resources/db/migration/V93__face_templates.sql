-- A face has a template in every embedding space it was put into: of the model in use, and of those
-- that were in use before or are being prepared. Only templates of one space are ever compared.
CREATE TABLE face_templates (
    space_id    text    NOT NULL,
    face_id     uuid    NOT NULL REFERENCES faces ON DELETE CASCADE,
    dimension   integer NOT NULL,
    template    bytea   NOT NULL, -- little-endian float32, under the person's key
    digest_term bytea,            -- io.facet.wire.GalleryTerms; null until GalleryTermsFill ran
    PRIMARY KEY (space_id, face_id)
);
CREATE INDEX face_templates_of_face ON face_templates (face_id);
ALTER TABLE face_templates ALTER COLUMN template SET STORAGE EXTERNAL;
INSERT INTO face_templates (space_id, face_id, dimension, template, digest_term)
    SELECT space_id, face_id, dimension, template, digest_term FROM faces;
-- When a model was last put to use, or prepared; templates of all but the last two are deleted.
CREATE TABLE embedding_spaces (
    space_id text PRIMARY KEY,
    used_at  timestamptz NOT NULL
);
INSERT INTO embedding_spaces (space_id, used_at)
    SELECT space_id, max(added_at) FROM faces GROUP BY space_id;

ALTER TABLE faces
    DROP COLUMN space_id,
    DROP COLUMN dimension,
    DROP COLUMN template,
    DROP COLUMN digest_term;
