package io.facet.vision.catalog;

import java.nio.file.Path;

/** Somewhere upstream files may be had. */
interface FileSource {
    /**
     * Tries to write a file to {@code part}; whether the bytes are right is for the caller to
     * check.
     */
    Outcome fetch(UpstreamFile file, Path part);

    /** What came of it. */
    sealed interface Outcome {
        /** There is something at {@code part}. */
        record Written(String from) implements Outcome {}

        /** This source cannot give the file, and why: a half sentence for people. */
        record Unavailable(String reason) implements Outcome {}
    }
}
