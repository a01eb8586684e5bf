package io.facet.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * What {@code bench api} found of gRPC; client and hub share one machine.
 *
 * @param faces enrolled
 * @param cores of the machine
 * @param inProcessMsP50 the hub's own recognition called without gRPC, median
 * @param grpcMsP50 the same through gRPC, one client, median
 * @param overheadMsP50 the second less the first
 * @param calls per call, at each number of clients
 */
record GrpcApiReport(
        String pack,
        int faces,
        int cores,
        @JsonProperty("in_process_ms_p50") double inProcessMsP50,
        @JsonProperty("grpc_ms_p50") double grpcMsP50,
        @JsonProperty("overhead_ms_p50") double overheadMsP50,
        Map<String, List<Load>> calls) {
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
