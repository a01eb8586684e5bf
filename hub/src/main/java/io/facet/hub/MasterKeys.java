package io.facet.hub;

import io.facet.hub.security.MasterKeyRotation;
import io.facet.hub.security.MasterKeySource;
import io.facet.hub.store.postgres.KeyRotation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rotation of the master key, from its source to every wrapped key. Thread-safe. */
final class MasterKeys implements MasterKeyRotation {
    private static final Logger LOG = LoggerFactory.getLogger(MasterKeys.class);

    private final MasterKeySource source;
    private final KeyRotation rotation;
    private byte[] present;

    MasterKeys(MasterKeySource source, byte[] present, KeyRotation rotation) {
        this.source = source;
        this.present = present;
        this.rotation = rotation;
    }

    /** Goes on with a rotation that a start found unfinished. */
    void resume(MasterKeySource.Keys keys) {
        if (keys.next().isPresent()) {
            LOG.info("a rotation of the master key was not finished; going on with it");
            rotate();
        }
    }

    @Override
    public synchronized long rotate() {
        byte[] next = source.next();
        long count = rotation.rotate(present, next);
        source.finished();
        present = next;
        LOG.info("{} data keys are under a new master key", count);
        return count;
    }
}
