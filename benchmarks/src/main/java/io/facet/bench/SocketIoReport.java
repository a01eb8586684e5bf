package io.facet.bench;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What {@code bench socketio} found, hub and clients in one process on the loopback.
 *
 * @param eventsPerSecond events published a second while every client kept up
 * @param deliveriesPerSecond the same, counted at the clients: events a second times clients
 * @param steadyEventsPerSecond the rate at which the latencies were taken
 * @param deliveries latencies taken
 * @param latencyMsP50 from the publishing of an event to a client's having read it
 * @param dropped clients that were dropped as slow; 0 in a sound run
 * @param missing events that some client never got; 0 in a sound run
 */
record SocketIoReport(
        int clients,
        int eventBytes,
        double seconds,
        double eventsPerSecond,
        double deliveriesPerSecond,
        double steadyEventsPerSecond,
        long deliveries,
        @JsonProperty("latency_ms_p50") double latencyMsP50,
        @JsonProperty("latency_ms_p99") double latencyMsP99,
        @JsonProperty("latency_ms_max") double latencyMsMax,
        int dropped,
        long missing,
        int processors,
        double loadAverage) {}
