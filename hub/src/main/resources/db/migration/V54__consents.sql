-- What a person agreed to: under the person's own key, gone with the person.
CREATE TABLE consents (
    person_id   uuid PRIMARY KEY REFERENCES people ON DELETE CASCADE,
    details     bytea       NOT NULL, -- JSON: basis, reference, given_at, withdrawn_at
    recorded_at timestamptz NOT NULL
);
