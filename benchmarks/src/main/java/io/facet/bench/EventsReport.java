package io.facet.bench;

/**
 * Events from the boxes' publishing to the hub's acknowledgement, which it gives after the commit.
 *
 * @param boxes that sent at a time, each with as many batches on their way as the agent allows
 * @param sent events
 * @param acknowledged events that the hub said it has stored
 * @param rows of the table of events afterwards, counted past the hub
 * @param eventBytes of an event on the wire, crop and embedding included
 * @param cpuMsPerEvent CPU time of the hub's processes, broker and database included
 */
record EventsReport(
        int boxes,
        long sent,
        long acknowledged,
        long rows,
        int eventBytes,
        double seconds,
        double eventsPerSecond,
        double cpuMsPerEvent) {}
