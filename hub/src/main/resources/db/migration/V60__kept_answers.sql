-- Whom a kept answer is about, so that it goes when they are erased: every id it holds. Null: nobody
-- wrote that down (an answer of an older hub), so it goes with whoever is erased first.
ALTER TABLE idempotent_calls ADD COLUMN mentions uuid[];
-- The answer went with somebody; the call itself was made and is not made again.
ALTER TABLE idempotent_calls ADD COLUMN erased boolean NOT NULL DEFAULT false;
CREATE INDEX idempotent_calls_about ON idempotent_calls USING gin (mentions);
