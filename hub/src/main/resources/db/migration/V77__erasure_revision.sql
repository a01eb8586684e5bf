-- The gallery's revision that a person's erasure is: a box at it, or past it, has erased them.
ALTER TABLE erasures ADD COLUMN revision bigint; -- null: erased before revisions were kept
