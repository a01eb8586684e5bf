package io.facet.bench;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What {@code bench search} found. Rates are medians over the rounds, by the clock unless named
 * otherwise, on one thread.
 *
 * @param recallAt1 share of the probes whose first neighbour is that of a scan in float
 * @param buildSeconds putting all faces into the index, on all cores
 * @param indexMb growth of the heap by the index, after a collection
 * @param bytesPerQuery bytes of codes an exact search looks at; 0 for a graph
 * @param scannedBytesPerSecond {@code bytesPerQuery} times the rate
 * @param sequentialReadBytesPerSecond one thread reading memory end to end, in the same run
 * @param bandwidthShare the one by the other
 * @param ratioToFloatScan times as fast as the float scan
 */
record SearchReport(
        String index,
        int n,
        int dim,
        int queries,
        int vectorBits,
        @JsonProperty("recall_at_1") double recallAt1,
        double buildSeconds,
        long indexMb,
        double queriesPerSecond,
        double queriesPerCpuSecond,
        long bytesPerQuery,
        double scannedBytesPerSecond,
        long sequentialReadBytes,
        double sequentialReadBytesPerSecond,
        double bandwidthShare,
        double floatScanQueriesPerSecond,
        double ratioToFloatScan) {}
