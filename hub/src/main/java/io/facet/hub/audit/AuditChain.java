package io.facet.hub.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The hashes of the log, all SHA-256. A batch of entries has a Merkle root as in RFC 6962 (2.1):
 * leaves are hashed after a byte 0, pairs after a byte 1, and a tree is split at the largest power
 * of two below its size. A batch's own hash takes in the hash of the batch before it. Stateless.
 */
final class AuditChain {
    /** What the first batch follows. */
    static final byte[] START = new byte[32];

    private AuditChain() {}

    /** The Merkle root of at least one entry. */
    static byte[] root(long first, List<AuditEntry> entries) {
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            leaves.add(leaf(first + i, entries.get(i)));
        }
        return root(leaves);
    }

    private static byte[] root(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        return digest(
                1, root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
    }

    /** The hash of a batch. */
    static byte[] hash(byte[] previous, long number, long first, int entries, byte[] root) {
        return digest(
                2,
                previous,
                bytes(out -> {
                    out.writeLong(number);
                    out.writeLong(first);
                    out.writeInt(entries);
                }),
                root);
    }

    private static byte[] leaf(long number, AuditEntry entry) {
        return digest(
                0,
                bytes(out -> {
                    out.writeLong(number);
                    out.writeLong(entry.request().getMostSignificantBits());
                    out.writeLong(entry.request().getLeastSignificantBits());
                    out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, entry.at()));
                    out.writeUTF(entry.actor());
                    out.writeUTF(entry.role());
                    out.writeUTF(entry.action());
                    out.writeInt(entry.subjects().size());
                    for (String subject : entry.subjects()) {
                        out.writeUTF(subject);
                    }
                    out.writeUTF(entry.outcome());
                }));
    }

    private static byte[] digest(int kind, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((byte) kind);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Writes fields, each of a fixed or stated length. */
    private interface Fields {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            fields.to(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
