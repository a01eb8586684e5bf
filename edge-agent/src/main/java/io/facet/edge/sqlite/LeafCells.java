package io.facet.edge.sqlite;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows on a page of SQLite's file format (sqlite.org/fileformat2.html, 1.6 and 2.1). Whatever
 * is not possible is no row: pages may hold anything. Stateless.
 */
final class LeafCells {
    private static final int TABLE_LEAF = 0x0D;
    private static final int HEADER = 8;
    private static final int USABLE = SqliteFile.PAGE_BYTES;
    private static final int MOST_LOCAL = USABLE - 35;
    private static final int LEAST_LOCAL = (USABLE - 12) * 32 / 255 - 23;
    private static final int MOST_PAYLOAD = 64 << 20;

    private LeafCells() {}

    /** Reads what did not fit on the page. */
    @FunctionalInterface
    interface Overflow {
        /** So many bytes from a page on; false when they are not there. */
        boolean read(int page, ByteBuffer into);
    }

    /** The rows of a page; none when it is not a leaf of a table. */
    static List<SqlitePages.Row> of(ByteBuffer page, Overflow overflow) {
        List<SqlitePages.Row> rows = new ArrayList<>();
        int cells = page.getShort(3) & 0xFFFF;
        if (page.get(0) != TABLE_LEAF || HEADER + 2 * cells > USABLE) {
            return rows;
        }
        for (int i = 0; i < cells; i++) {
            int at = page.getShort(HEADER + 2 * i) & 0xFFFF;
            if (at >= HEADER + 2 * cells && at < USABLE) {
                row(page.duplicate().position(at), overflow).ifPresent(rows::add);
            }
        }
        return rows;
    }

    private static Optional<SqlitePages.Row> row(ByteBuffer cell, Overflow overflow) {
        try {
            long size = varint(cell);
            long rowid = varint(cell);
            if (size < 1 || size > MOST_PAYLOAD) {
                return Optional.empty();
            }
            ByteBuffer payload = ByteBuffer.allocate((int) size);
            int local = local((int) size);
            payload.put(cell.slice(cell.position(), local));
            if (payload.hasRemaining()
                    && !overflow.read(cell.getInt(cell.position() + local), payload)) {
                return Optional.empty();
            }
            return values(payload.flip()).map(v -> new SqlitePages.Row(rowid, v));
        } catch (IndexOutOfBoundsException | java.nio.BufferUnderflowException impossible) {
            return Optional.empty();
        }
    }

    /** How much of a payload is on the page itself. */
    private static int local(int size) {
        if (size <= MOST_LOCAL) {
            return size;
        }
        int fitting = LEAST_LOCAL + (size - LEAST_LOCAL) % (USABLE - 4);
        return fitting <= MOST_LOCAL ? fitting : LEAST_LOCAL;
    }

    private static Optional<List<@Nullable Object>> values(ByteBuffer record) {
        int start = record.position();
        int headerEnd = start + (int) varint(record);
        List<Long> types = new ArrayList<>();
        while (record.position() < headerEnd) {
            types.add(varint(record));
        }
        List<@Nullable Object> values = new ArrayList<>(types.size());
        for (long type : types) {
            if (type == 7 || type == 10 || type == 11) {
                return Optional.empty();
            }
            values.add(type < 12 ? number((int) type, record) : bytes(type, record));
        }
        return record.hasRemaining() ? Optional.empty() : Optional.of(values);
    }

    private static @Nullable Object number(int type, ByteBuffer record) {
        return switch (type) {
            case 0 -> null;
            case 8 -> 0L;
            case 9 -> 1L;
            default -> {
                long value = record.get();
                for (int i = 1; i < (type <= 4 ? type : type == 5 ? 6 : 8); i++) {
                    value = (value << 8) | (record.get() & 0xFF);
                }
                yield value;
            }
        };
    }

    private static byte[] bytes(long type, ByteBuffer record) {
        long length = (type - 12) / 2;
        if (length > record.remaining()) {
            throw new IndexOutOfBoundsException();
        }
        byte[] value = new byte[(int) length];
        record.get(value);
        return value;
    }

    private static long varint(ByteBuffer from) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            byte next = from.get();
            value = (value << 7) | (next & 0x7F);
            if (next >= 0) {
                return value;
            }
        }
        return (value << 8) | (from.get() & 0xFF);
    }
}
