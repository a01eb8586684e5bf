-- Enrolments of many pictures at once.
CREATE TABLE enrolment_jobs (
    job_id      uuid PRIMARY KEY,
    state       text        NOT NULL
        CHECK (state IN ('running', 'finished', 'cancelled', 'failed', 'interrupted')),
    started_by  text        NOT NULL,
    started_at  timestamptz NOT NULL,
    ended_at    timestamptz,
    total       integer,              -- null while not counted
    enrolled    integer     NOT NULL DEFAULT 0,
    refused     integer     NOT NULL DEFAULT 0,
    failure     text
);

-- File names hold people's names: ciphertext.
CREATE TABLE enrolment_results (
    job_id  uuid    NOT NULL REFERENCES enrolment_jobs ON DELETE CASCADE,
    number  integer NOT NULL,
    row_id  uuid    NOT NULL, -- the ciphertext's context
    outcome text    NOT NULL,
    result  bytea   NOT NULL, -- JSON: file, detail, face_id, person_id
    PRIMARY KEY (job_id, number)
);
