package io.facet.hub.api.grpc;

import io.facet.error.FacetException;
import io.facet.hub.events.HubEvent;
import io.facet.hub.events.HubFeed;
import io.facet.hub.security.Permission;
import io.facet.wire.rpc.v1.Dropped;
import io.facet.wire.rpc.v1.WatchEventsResponse;
import io.facet.wire.rpc.v1.Watching;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One reader of events. What the line cannot take at once waits; beyond that the oldest are
 * dropped, and the reader is told how many of which type before the next event. The feed never
 * waits for a reader. Thread-safe.
 */
final class EventWatch implements OpenStreams.Stream {
    static final int BACKLOG = 1000;

    private final ServerCallStreamObserver<WatchEventsResponse> reader;
    private final RpcAudit.Call call;
    private final EventFilter filter;
    private final OpenStreams streams;
    private final Backlog backlog = new Backlog(BACKLOG);
    private HubFeed.@Nullable Subscription subscription;
    private boolean ended;

    EventWatch(
            ServerCallStreamObserver<WatchEventsResponse> reader,
            RpcAudit.Call call,
            EventFilter filter,
            OpenStreams streams) {
        this.reader = reader;
        this.call = call;
        this.filter = filter;
        this.streams = streams;
    }

    synchronized void start(HubFeed feed, Instant now) {
        if (ended) {
            return;
        }
        subscription = feed.subscribe(this::offer);
        streams.opened(this);
        reader.onNext(
                WatchEventsResponse.newBuilder()
                        .setWatching(Watching.newBuilder().setSince(FaceMessages.time(now)))
                        .build());
    }

    private synchronized void offer(HubEvent event) {
        if (!ended && filter.wants(event)) {
            backlog.add(event);
            drain();
        }
    }

    /** Sends while the line takes more. */
    synchronized void drain() {
        while (!ended && !backlog.isEmpty() && reader.isReady()) {
            Optional<Map<String, Long>> dropped = backlog.takeDropped();
            if (dropped.isPresent()) {
                reader.onNext(dropped(dropped.get()));
            } else {
                backlog.next()
                        .map(EventMessages::event)
                        .map(e -> WatchEventsResponse.newBuilder().setEvent(e).build())
                        .ifPresent(this::show);
            }
        }
    }

    private void show(WatchEventsResponse event) {
        call.saw(event);
        reader.onNext(event);
    }

    private static WatchEventsResponse dropped(Map<String, Long> byType) {
        return WatchEventsResponse.newBuilder()
                .setDropped(
                        Dropped.newBuilder()
                                .setCount(byType.values().stream().mapToLong(n -> n).sum())
                                .putAllByType(byType))
                .build();
    }

    /**
     * The reader went away.
     *
     * @param outcome for the audit log
     */
    synchronized void left(String outcome) {
        if (ended) {
            return;
        }
        ended = true;
        call.streamEnded(outcome);
        streams.closed(this);
        if (subscription != null) {
            subscription.close();
        }
    }

    @Override
    public synchronized void end(FacetException why) {
        if (!ended) {
            left(why.code().wireName());
            reader.onError(Statuses.of(why.code(), why.reason(), why.details()));
        }
    }

    @Override
    public Caller caller() {
        return call.caller();
    }

    @Override
    public Permission needs() {
        return Rpc.WATCH_EVENTS.permission();
    }
}
