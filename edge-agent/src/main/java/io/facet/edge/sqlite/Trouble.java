package io.facet.edge.sqlite;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What kind of failure a store met, as far as it decides what to do next. */
public enum Trouble {
    /** The disk, or the room given to the file, is full. */
    FULL,
    /** The file is no database any more, or holds impossible pages. */
    DAMAGED,
    /** Everything else, such as a disk that fails. */
    OTHER;

    /** Sorts a failure. */
    public static Trouble of(SQLException failure) {
        if (!(failure instanceof SQLiteException sqlite)) {
            return OTHER;
        }
        // A full disk cannot hold the index of the log either, which SQLite calls a failing disk.
        if (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE) {
            return FULL;
        }
        // Pages that the file has according to itself are not there.
        if (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHORT_READ) {
            return DAMAGED;
        }
        // The low byte is the primary code; extended codes such as CORRUPT_INDEX refine it.
        int primary = sqlite.getResultCode().code & 0xFF;
        if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
            return FULL;
        }
        return primary == SQLiteErrorCode.SQLITE_CORRUPT.code
                        || primary == SQLiteErrorCode.SQLITE_NOTADB.code
                ? DAMAGED
                : OTHER;
    }
}
