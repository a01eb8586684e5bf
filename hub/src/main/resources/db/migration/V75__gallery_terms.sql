-- What a face counts for in the digest of a gallery (io.facet.wire.GalleryTerms), so that the digest
-- of a part of it needs no template opened. Faces stored before get theirs at the next start
-- (GalleryTermsFill), and the digests with them.
ALTER TABLE faces ADD COLUMN digest_term bytea;
DELETE FROM gallery_digests;
