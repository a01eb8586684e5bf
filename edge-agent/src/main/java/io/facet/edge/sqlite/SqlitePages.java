package io.facet.edge.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What lies on the pages of a damaged SQLite file and its log, whatever has become of the pages
 * that say where it lies. Rows are found that were deleted and not yet written over, some of them
 * several times; and what is found may be nonsense. So this is for rows whose content proves
 * itself. Not thread-safe.
 */
public final class SqlitePages implements AutoCloseable {
    private static final int PAGE = SqliteFile.PAGE_BYTES;
    private static final int LOG_HEADER = SqliteFile.LOG_HEADER;
    private static final int FRAME_HEADER = 24;

    private final FileChannel file;
    private final @Nullable FileChannel log;

    /** Pages of which the log holds a newer one, by number, and where. */
    private final Map<Integer, Long> newer = new HashMap<>();

    private SqlitePages(FileChannel file, @Nullable FileChannel log) throws IOException {
        this.file = file;
        this.log = log;
        if (log != null) {
            ByteBuffer number = ByteBuffer.allocate(4);
            for (long at = LOG_HEADER; at + FRAME_HEADER + PAGE <= log.size(); at += frame()) {
                log.read(number.clear(), at);
                newer.put(number.getInt(0), at + FRAME_HEADER);
            }
        }
    }

    /** Opens a file, and the log beside it where there is one. */
    public static SqlitePages open(Path file) throws IOException {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        return new SqlitePages(
                FileChannel.open(file, StandardOpenOption.READ),
                Files.exists(log) ? FileChannel.open(log, StandardOpenOption.READ) : null);
    }

    /**
     * A row that may be one.
     *
     * @param values numbers as {@code Long}, texts and blobs as {@code byte[]}
     */
    public record Row(long rowid, List<@Nullable Object> values) {
        /** A number; throws when it is none. */
        public long number(int column) {
            return (Long) java.util.Objects.requireNonNull(values.get(column));
        }

        /** Whether the columns are of these kinds: 0 nothing, 1 a number, b bytes. */
        public boolean is(String kinds) {
            if (kinds.length() != values.size()) {
                return false;
            }
            for (int i = 0; i < kinds.length(); i++) {
                Object value = values.get(i);
                char kind = value == null ? '0' : value instanceof Long ? '1' : 'b';
                if (kind != kinds.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        /** Bytes; none when there are none. */
        public byte[] bytes(int column) {
            return values.get(column) instanceof byte[] bytes ? bytes : new byte[0];
        }
    }

    /** Takes rows, those of one page at a time. */
    @FunctionalInterface
    public interface Rows<E extends Exception> {
        void accept(List<Row> rows) throws E;
    }

    /** Reads every page once; the first page holds no rows of ours. */
    public <E extends Exception> void read(Rows<E> to) throws IOException, E {
        ByteBuffer page = ByteBuffer.allocate(PAGE);
        for (long at = PAGE; at + PAGE <= file.size(); at += PAGE) {
            read(file, at, page, to);
        }
        if (log != null) {
            for (long at = LOG_HEADER; at + frame() <= log.size(); at += frame()) {
                read(log, at + FRAME_HEADER, page, to);
            }
        }
    }

    private <E extends Exception> void read(FileChannel from, long at, ByteBuffer page, Rows<E> to)
            throws IOException, E {
        if (whole(from, at, page)) {
            List<Row> rows = LeafCells.of(page, this::overflow);
            if (!rows.isEmpty()) {
                to.accept(rows);
            }
        }
    }

    private static int frame() {
        return FRAME_HEADER + PAGE;
    }

    /** Follows a chain of pages, each beginning with the number of the next. */
    private boolean overflow(int first, ByteBuffer into) {
        ByteBuffer page = ByteBuffer.allocate(PAGE);
        int next = first;
        while (into.hasRemaining()) {
            try {
                Long inLog = newer.get(next);
                boolean there = inLog == null ? inFile(next, page) : inLog(inLog, page);
                if (!there) {
                    return false;
                }
            } catch (IOException unreadable) {
                return false;
            }
            next = page.getInt(0);
            into.put(page.slice(4, Math.min(PAGE - 4, into.remaining())));
        }
        return true;
    }

    private boolean inFile(int number, ByteBuffer page) throws IOException {
        return number > 1 && whole(file, (number - 1L) * PAGE, page);
    }

    private boolean inLog(long at, ByteBuffer page) throws IOException {
        return log != null && whole(log, at, page);
    }

    /** Reads a page; false when the disk does not give it. */
    private static boolean whole(FileChannel from, long at, ByteBuffer page) throws IOException {
        page.clear();
        while (page.hasRemaining()) {
            int read = from.read(page, at + page.position());
            if (read < 0) {
                return false;
            }
        }
        page.flip();
        return true;
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            if (log != null) {
                log.close();
            }
        }
    }
}
