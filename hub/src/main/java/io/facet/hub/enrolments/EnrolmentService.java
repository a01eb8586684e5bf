package io.facet.hub.enrolments;

import io.facet.hub.people.OnDuplicate;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Enrolments of many pictures at once. Thread-safe; jobs run one after the other. A job that the
 * end of the process cuts off is {@code INTERRUPTED}: what it had enrolled stays, and a second run
 * of the same pictures links them.
 */
public interface EnrolmentService {
    /** Most bytes of an uploaded file. */
    long MOST_BYTES = 4L << 30;

    /** Most pictures of a job. */
    int MOST_PICTURES = 1_000_000;

    /**
     * Takes a ZIP file, which is on disk as ciphertext when this returns, and enrols what is in it:
     * pictures named by their folder or file, or by a table {@code *.csv} with the columns {@code
     * name,file} and perhaps {@code external_id}.
     *
     * @throws io.facet.error.FacetException {@code REQUEST_TOO_LARGE}, {@code RATE_LIMITED} while
     *     too many jobs wait, {@code DISK_FULL}
     */
    EnrolmentJob start(InputStream zip, OnDuplicate rule, String by);

    /**
     * Enrols from a folder of the server.
     *
     * @param folder below the data folder's {@code import}
     * @throws io.facet.error.FacetException {@code INVALID_ARGUMENT} for any other folder
     */
    EnrolmentJob startFolder(String folder, OnDuplicate rule, String by);

    Optional<EnrolmentJob> get(UUID job);

    /** Newest first; one more than the limit where there are more. */
    List<EnrolmentJob> list(Optional<UUID> before, long offset, int limit);

    long count();

    /** Results after a number, in order; one more than the limit where there are more. */
    List<EnrolmentResult> results(UUID job, int after, int limit);

    /** Ends a job after the picture it is at; false when it does not run. */
    boolean cancel(UUID job);
}
