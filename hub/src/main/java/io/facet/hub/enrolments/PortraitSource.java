package io.facet.hub.enrolments;

import java.io.IOException;

/** Pictures to enrol. Used by one thread. */
interface PortraitSource extends AutoCloseable {
    /** How many pictures there are. */
    int count() throws IOException;

    /** Hands over every picture, one in memory at a time. */
    void visit(Portrait.Visitor visitor) throws IOException;

    @Override
    void close();
}
