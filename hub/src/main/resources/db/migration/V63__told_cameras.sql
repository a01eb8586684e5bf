-- Whether webhooks were told last that the camera delivers pictures; written by the transaction that
-- queues what they are told, so that a change a dying hub did not tell of is found by the next one.
ALTER TABLE cameras ADD COLUMN told_streaming boolean NOT NULL DEFAULT false;
