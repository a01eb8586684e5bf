-- ---- alerts ---------------------------------------------------------------------------------

CREATE TABLE alerts (
    alert_id        uuid PRIMARY KEY,
    rule            text             NOT NULL,
    subject         text             NOT NULL, -- a camera, a box, a queue, or the hub
    summary         text             NOT NULL,
    site_id         text,                      -- null: concerns every site
    severity        text             NOT NULL,
    state           text             NOT NULL CHECK (state IN ('pending', 'firing', 'resolved')),
    value           double precision NOT NULL,
    threshold       double precision NOT NULL,
    started_at      timestamptz      NOT NULL,
    fired_at        timestamptz,
    well_since      timestamptz,
    resolved_at     timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by text,
    notified        boolean          NOT NULL,
    mail_next_at    timestamptz,               -- null: no mail is due
    mail_attempts   integer          NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX alerts_open ON alerts (rule, subject) WHERE state <> 'resolved';
CREATE INDEX alerts_by_start ON alerts (started_at DESC);
CREATE INDEX alerts_resolved ON alerts (resolved_at) WHERE state = 'resolved';
CREATE INDEX alerts_mail ON alerts (mail_next_at) WHERE mail_next_at IS NOT NULL;

CREATE TABLE alert_silences (
    rule        text        NOT NULL,
    subject     text        NOT NULL,
    until_at    timestamptz NOT NULL,
    silenced_by text        NOT NULL,
    PRIMARY KEY (rule, subject)
);

-- ---- webhooks -------------------------------------------------------------------------------

CREATE TABLE webhooks (
    webhook_id  uuid PRIMARY KEY,
    url         bytea       NOT NULL, -- ciphertext: addresses hold tokens
    secret      bytea       NOT NULL, -- ciphertext; signs what is sent
    description text        NOT NULL,
    events      text[],               -- null: every event
    sites       text[],               -- null: every site
    active      boolean     NOT NULL,
    created_at  timestamptz NOT NULL
);

-- The outbox. What was seen by a camera is named by its event, written in the event's own
-- transaction, and put into words when it is sent; everything else is here, as ciphertext.
CREATE TABLE webhook_deliveries (
    delivery_id  uuid PRIMARY KEY,
    position     bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    webhook_id   uuid        NOT NULL REFERENCES webhooks ON DELETE CASCADE,
    type         text        NOT NULL,
    event_id     uuid,
    body         bytea,
    state        text        NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead')),
    attempts     integer     NOT NULL DEFAULT 0,
    next_at      timestamptz NOT NULL,
    last_status  integer,
    last_error   text,
    created_at   timestamptz NOT NULL,
    finished_at  timestamptz,
    CHECK ((event_id IS NULL) <> (body IS NULL))
);
CREATE INDEX deliveries_due ON webhook_deliveries (webhook_id, next_at) WHERE state = 'waiting';
CREATE INDEX deliveries_of_webhook ON webhook_deliveries (webhook_id, position DESC);
CREATE INDEX deliveries_finished ON webhook_deliveries (finished_at) WHERE state <> 'waiting';
