-- Whether boxes that were given this list only have been told that it matches nobody any more. Its
-- end is a moment, and who is told of whom changes with revisions: the hub makes one of the other.
ALTER TABLE watchlists ADD COLUMN ended boolean NOT NULL DEFAULT false;
