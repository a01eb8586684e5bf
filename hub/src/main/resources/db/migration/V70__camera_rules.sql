-- What a camera attends to: zones, masks, smallest face, budget, schedule; null where nothing was
-- said. The threshold has a column of its own. The revision tells which rules a box has taken up.
ALTER TABLE cameras ADD COLUMN rules jsonb;
ALTER TABLE cameras ADD COLUMN rules_revision bigint NOT NULL DEFAULT 0;
