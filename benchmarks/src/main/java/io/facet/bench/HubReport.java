package io.facet.bench;

/**
 * What {@code bench hub} found of a hub process.
 *
 * @param templates it held
 * @param eventsPerSecond through MQTT, durable in its PostgreSQL
 * @param residentMb of all its processes, the most seen
 * @param loadAverage of the last minute, at the end
 */
record HubReport(
        String pack,
        int templates,
        double eventsPerSecond,
        EventsReport events,
        double residentMb,
        HubMemory memory,
        double loadAverage) {}
