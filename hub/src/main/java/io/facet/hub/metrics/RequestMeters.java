package io.facet.hub.metrics;

import io.facet.hub.monitor.RequestObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Calls by route template, never by address: their number is that of the API. Thread-safe. */
final class RequestMeters implements RequestObserver {
    private final MeterRegistry registry;

    RequestMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void answered(Answered call) {
        Buckets.timer("facet.requests", "calls answered, by how long they took", Buckets.CALLS)
                .tag("api", call.api())
                .tag("method", call.method())
                .tag("route", call.route())
                .tag("status", Integer.toString(call.status()))
                .register(registry)
                .record(call.took());
        call.code()
                .ifPresent(code ->
                        Counter.builder("facet.errors")
                                .description("calls answered with an error, by its code")
                                .tag("api", call.api())
                                .tag("code", code.wireName())
                                .register(registry)
                                .increment());
    }
}
