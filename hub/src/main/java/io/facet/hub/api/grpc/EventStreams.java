package io.facet.hub.api.grpc;

import io.facet.hub.audit.AuditEntry;
import io.facet.hub.events.HubFeed;
import io.facet.wire.rpc.v1.WatchEventsRequest;
import io.facet.wire.rpc.v1.WatchEventsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.InstantSource;

/** Opens watches. Thread-safe. */
record EventStreams(HubFeed feed, OpenStreams streams, InstantSource clock, RpcAudit audit) {
    void watch(WatchEventsRequest request, ServerCallStreamObserver<WatchEventsResponse> reader) {
        Caller caller = Caller.current();
        RpcAudit.Call call = audit.call(Rpc.WATCH_EVENTS, request);
        EventFilter filter;
        try {
            filter = EventFilter.of(request, caller.principal());
            call.beginRead();
        } catch (RuntimeException wrong) {
            reader.onError(Statuses.of(wrong, Rpc.WATCH_EVENTS.method()));
            return;
        }
        EventWatch watch = new EventWatch(reader, call, filter, streams);
        // Both handlers may only be set before the method returns.
        reader.setOnReadyHandler(watch::drain);
        reader.setOnCancelHandler(() -> watch.left(AuditEntry.READ));
        watch.start(feed, clock.instant());
    }
}
