-- What administrators changed while the hub ran, by key of config.json.
CREATE TABLE hub_settings (
    key   text PRIMARY KEY,
    value jsonb NOT NULL
);

-- Every change, for ever: settings hold no personal data.
CREATE TABLE hub_setting_changes (
    change_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key        text        NOT NULL,
    before     jsonb,                -- null: the key was not set here
    after      jsonb,                -- null: the setting was taken away
    changed_by text        NOT NULL, -- a key's prefix or a user's id
    changed_at timestamptz NOT NULL
);
