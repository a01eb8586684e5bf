package io.facet.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;

/**
 * What {@code bench api} found; client and hub share one machine.
 *
 * @param cores of the machine
 * @param calls to a hub in the bench's own process
 * @param hub a hub process with many templates
 * @param fanOut Socket.IO to many viewers
 */
record ApiReport(
        int cores,
        @JsonUnwrapped Calls calls,
        @JsonUnwrapped HubReport hub,
        SocketIoReport fanOut) {
    /**
     * Calls.
     *
     * @param faces enrolled
     * @param inProcessMsP50 the hub's own recognition called without gRPC, median
     * @param grpcMsP50 the same through gRPC, one client, median
     * @param overheadMsP50 the second less the first
     * @param calls per call, at each number of clients
     */
    record Calls(
            int faces,
            @JsonProperty("in_process_ms_p50") double inProcessMsP50,
            @JsonProperty("grpc_ms_p50") double grpcMsP50,
            @JsonProperty("overhead_ms_p50") double overheadMsP50,
            Map<String, List<Load>> calls) {}

    /**
     * A call under load.
     *
     * @param clients that call one after the other, each without a pause
     * @param failed calls that were not answered
     */
    record Load(
            int clients,
            double requestsPerSecond,
            @JsonProperty("p50_ms") double p50Ms,
            @JsonProperty("p95_ms") double p95Ms,
            @JsonProperty("p99_ms") double p99Ms,
            long failed) {}
}
