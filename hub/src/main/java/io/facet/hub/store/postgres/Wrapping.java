package io.facet.hub.store.postgres;

import io.facet.crypto.AtRest;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Wraps keys under a master key, and opens them while there are two: the newest, and the one it
 * takes over from. Form: version byte 2, four bytes that name the master key, ciphertext; form 1 is
 * a ciphertext alone, from before master keys had names. Immutable; thread-safe.
 */
final class Wrapping {
    /** Bytes before the ciphertext. */
    static final int PREFIX = 5;

    private static final byte NAMED = 2;

    private final List<Master> masters;

    @SuppressWarnings("ArrayRecordComponent") // compared by isUnder only
    private record Master(byte[] prefix, AtRest box) {
        static Master of(byte[] key, SecureRandom random) {
            return new Master(
                    Wrapping.prefix(key),
                    new AtRest(AtRest.derive(key, "facet/hub/person-keys"), random));
        }
    }

    /** What every key under a master key begins with. */
    static byte[] prefix(byte[] masterKey) {
        byte[] name = AtRest.derive(masterKey, "facet/hub/master-key-name");
        return ByteBuffer.allocate(PREFIX).put(NAMED).put(name, 0, PREFIX - 1).array();
    }

    /** The name in a prefix; none in one of form 1. */
    static Optional<String> masterName(byte[] prefix) {
        return prefix.length == PREFIX && prefix[0] == NAMED
                ? Optional.of(HexFormat.of().formatHex(prefix, 1, PREFIX))
                : Optional.empty();
    }

    /** Takes master keys, the newest first. */
    Wrapping(List<byte[]> masters, SecureRandom random) {
        this.masters = masters.stream().map(key -> Master.of(key, random)).toList();
    }

    byte[] wrap(byte[] key, byte[] context) {
        Master newest = masters.getFirst();
        byte[] sealed = newest.box().seal(key, context);
        return ByteBuffer.allocate(PREFIX + sealed.length).put(newest.prefix()).put(sealed).array();
    }

    /**
     * Opens a wrapped key.
     *
     * @throws FacetException {@code INTERNAL} when it is under no master key there is
     */
    byte[] unwrap(byte[] wrapped, byte[] context) {
        if (wrapped.length > 0 && wrapped[0] != NAMED) {
            return unnamed(wrapped, context);
        }
        for (Master master : masters) {
            if (isUnder(wrapped, master)) {
                return master.box()
                        .open(Arrays.copyOfRange(wrapped, PREFIX, wrapped.length), context);
            }
        }
        throw new FacetException(
                ErrorCode.INTERNAL, "a stored key is under another master key than this hub has");
    }

    private byte[] unnamed(byte[] wrapped, byte[] context) {
        FacetException last = null;
        for (Master master : masters) {
            try {
                return master.box().open(wrapped, context);
            } catch (FacetException otherKey) {
                last = otherKey;
            }
        }
        throw last == null ? new IllegalStateException("no master key") : last;
    }

    /** Whether a key is under the newest master key already. */
    boolean isNewest(byte[] wrapped) {
        return isUnder(wrapped, masters.getFirst());
    }

    /** What every key under the newest master key begins with. */
    byte[] newestPrefix() {
        return masters.getFirst().prefix().clone();
    }

    private static boolean isUnder(byte[] wrapped, Master master) {
        return wrapped.length > PREFIX
                && Arrays.equals(wrapped, 0, PREFIX, master.prefix(), 0, PREFIX);
    }
}
