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
