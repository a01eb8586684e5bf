package io.facet.hub.store.postgres.server;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.error.FullDisk;
import java.nio.file.Path;
import java.util.Locale;

/** What PostgreSQL's own words mean for the one who started the hub. */
final class ServerFailure {
    private ServerFailure() {}

    /**
     * An error with what to do.
     *
     * @param said what the program printed and the end of the server's log
     */
    static FacetException of(String what, String said, Path log) {
        return new FacetException(code(said), what + ": " + advice(said, log));
    }

    static ErrorCode code(String said) {
        if (FullDisk.said(said)) {
            return ErrorCode.DISK_FULL;
        }
        return addressInUse(said) ? ErrorCode.PORT_IN_USE : ErrorCode.UNAVAILABLE;
    }

    static boolean addressInUse(String said) {
        return said.contains("Address already in use")
                || said.contains("could not create any TCP/IP sockets");
    }

    /** Processes of a server that was killed still hold its memory. */
    static boolean orphansLeft(String said) {
        return said.contains("pre-existing shared memory block");
    }

    private static String advice(String said, Path log) {
        String lower = said.toLowerCase(Locale.ROOT);
        if (code(said) == ErrorCode.DISK_FULL) {
            return "the disk is full; make room and start again";
        }
        if (addressInUse(said)) {
            return "its port is taken; start again to have another one picked";
        }
        if (orphansLeft(said)) {
            return "processes of an earlier server on this folder are still running; end them and"
                    + " start again";
        }
        if (lower.contains("permission denied")) {
            return "a file or folder may not be used; the data folder and those above it must be"
                    + " open to the user that runs PostgreSQL";
        }
        if (lower.contains("incompatible with server")
                || lower.contains("not compatible with this version")) {
            return "the data folder was made by another major version; start that version of Facet";
        }
        return "see " + log;
    }
}
