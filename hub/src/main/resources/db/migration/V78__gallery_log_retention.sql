-- The log is kept for as long as a box may keep what it holds without hearing the hub: of changes
-- after this revision the log knows all, and a box that is further behind gets a snapshot.
ALTER TABLE gallery_head ADD COLUMN log_from bigint NOT NULL DEFAULT 0;
