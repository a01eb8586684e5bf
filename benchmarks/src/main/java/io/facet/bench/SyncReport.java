package io.facet.bench;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What {@code bench sync} found.
 *
 * @param faces of the cold start
 * @param coldSeconds from an empty box to every face searchable and the digests equal
 * @param coldSeconds100k the same for 100,000 faces, by proportion where there were others
 * @param bytesPerFace of the pages, without compression
 * @param storedBytesPerFace of the box's file
 * @param agents that follow one new face each time
 * @param changes new faces, one after the other
 * @param propagationP50Seconds from the hub's acknowledgement of a face until it is searchable,
 *     over all agents and changes
 * @param enrolToSearchableP95Seconds from the call that enrols it, its picture and all
 */
record SyncReport(
        String pack,
        int faces,
        double coldSeconds,
        @JsonProperty("cold_seconds_100k") double coldSeconds100k,
        double bytesPerFace,
        double storedBytesPerFace,
        int agents,
        int changes,
        double propagationP50Seconds,
        double propagationP95Seconds,
        double enrolToSearchableP95Seconds,
        double loadAverage) {}
