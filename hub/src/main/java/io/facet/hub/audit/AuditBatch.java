package io.facet.hub.audit;

import java.util.Arrays;
import java.util.List;

/**
 * Entries written together.
 *
 * @param number 1, 2, 3, ...
 * @param first the number of its first entry
 * @param count how many entries it had when it was written
 * @param entries all of them, or none when they were pruned since
 */
@SuppressWarnings("ArrayRecordComponent") // compared by the methods below only
public record AuditBatch(
        long number,
        long first,
        int count,
        List<AuditEntry> entries,
        byte[] root,
        byte[] previous,
        byte[] hash) {
    /** The batch after another. */
    static AuditBatch after(Mark last, List<AuditEntry> entries) {
        long number = last.number() + 1;
        long first = last.lastEntry() + 1;
        byte[] root = AuditChain.root(first, entries);
        return new AuditBatch(
                number,
                first,
                entries.size(),
                List.copyOf(entries),
                root,
                last.hash(),
                AuditChain.hash(last.hash(), number, first, entries.size(), root));
    }

    /** What the next batch builds on. */
    public Mark mark() {
        return new Mark(number, first + count - 1, hash);
    }

    boolean follows(Mark last) {
        return number == last.number() + 1
                && first == last.lastEntry() + 1
                && Arrays.equals(previous, last.hash());
    }

    boolean hashIsRight() {
        return Arrays.equals(hash, AuditChain.hash(previous, number, first, count, root));
    }

    boolean entriesAreRight() {
        return entries.size() == count && Arrays.equals(root, AuditChain.root(first, entries));
    }

    /** The end of the log at some time. */
    @SuppressWarnings("ArrayRecordComponent") // compared by same
    public record Mark(long number, long lastEntry, byte[] hash) {
        /** Of an empty log. */
        public static Mark start() {
            return new Mark(0, 0, AuditChain.START);
        }

        boolean same(Mark other) {
            return number == other.number() && Arrays.equals(hash, other.hash());
        }
    }
}
