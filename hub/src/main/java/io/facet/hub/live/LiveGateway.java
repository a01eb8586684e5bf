package io.facet.hub.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.api.json.LiveEventJson;
import io.facet.hub.cameras.CameraService;
import io.facet.hub.cameras.LiveFrames;
import io.facet.hub.events.HubEvent;
import io.facet.hub.events.HubFeed;
import io.facet.hub.live.engineio.EngineConfig;
import io.facet.hub.live.engineio.EngineServer;
import io.facet.hub.live.engineio.Timer;
import io.facet.hub.live.socketio.Namespace;
import io.facet.hub.live.socketio.Outgoing;
import io.facet.hub.live.socketio.Socket;
import io.facet.hub.live.socketio.SocketIoServer;
import io.facet.hub.live.socketio.SocketPacket;
import io.facet.hub.monitor.LiveObserver;
import io.facet.hub.monitor.Probes;
import io.facet.hub.monitor.QueueState;
import io.facet.hub.security.Authenticator;
import io.facet.hub.security.Authenticator.Bearer;
import io.facet.hub.security.Principal;
import io.facet.hub.services.Auditor;
import io.facet.hub.services.HubServices;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The hub's feed and live pictures, pushed to signed-in viewers. Thread-safe. */
public final class LiveGateway implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

    /** How soon a viewer whose key was revoked at another hub is put out; here it is at once. */
    private static final Duration RECHECK = Duration.ofSeconds(30);

    private final Sources hub;
    private final Timer timer;
    private final EngineServer engine;
    private final CameraWatches watches;
    private final Namespace main;
    private final Map<Socket, Viewer> viewers = new ConcurrentHashMap<>();
    private final HubFeed.Subscription feed;
    private volatile boolean closed;

    /**
     * What viewers are shown, and who may be one.
     *
     * @param viewersPerKey most viewers with one key
     */
    public record Sources(
            HubFeed feed,
            LiveFrames frames,
            CameraService cameras,
            Authenticator authenticator,
            Auditor auditor,
            LiveObserver shown,
            Probes probes,
            int viewersPerKey) {
        /** Those of a hub. */
        public static Sources of(HubServices hub) {
            return new Sources(
                    hub.feed(),
                    hub.live(),
                    hub.cameras(),
                    hub.authenticator(),
                    Auditor.of(hub),
                    hub.monitoring().live(),
                    hub.monitoring().probes(),
                    hub.config().limits().viewersPerKey());
        }
    }

    public LiveGateway(Sources hub, Timer timer, EngineConfig config) {
        this.hub = hub;
        this.timer = timer;
        watches = new CameraWatches(hub.frames());
        SocketIoServer server = new SocketIoServer(timer, CONNECT_TIMEOUT, config.maxPayload());
        main =
                server.namespace(
                        SocketPacket.MAIN,
                        new ViewerSignIn(
                                hub.authenticator(),
                                this::hasRoom,
                                (who, outcome) ->
                                        hub.auditor()
                                                .note(who, "socket.io connect", List.of(), outcome),
                                this::entered));
        engine = new EngineServer(config, timer, server);
        Probes probes = hub.probes();
        probes.viewers(viewers::size);
        probes.queue(
                "socket_io",
                () ->
                        new QueueState(
                                engine.fullest(), config.queue().packets(), engine.slowViewers()));
        feed = hub.feed().subscribe(this::show);
        hub.authenticator().onEnded(this::someEnded);
        timer.after(RECHECK, this::recheckAgain);
    }

    /** What carries it. */
    public EngineServer engine() {
        return engine;
    }

    /** Those that come at the same moment may pass together; the next is refused. */
    private boolean hasRoom(Principal principal) {
        long now =
                viewers.values().stream()
                        .filter(viewer -> viewer.principalId().equals(principal.id()))
                        .count();
        return now < hub.viewersPerKey();
    }

    private void entered(Socket socket, Bearer bearer) {
        Viewer viewer = new Viewer(socket, bearer, hub.cameras(), watches, hub.auditor());
        viewers.put(socket, viewer);
        socket.onDisconnect(_ -> {
            viewers.remove(socket);
            viewer.left();
        });
        viewer.listen();
    }

    private void show(HubEvent event) {
        ObjectNode data = LiveEventJson.data(event);
        Outgoing outgoing = Outgoing.event(SocketPacket.MAIN, event.type(), data);
        for (Socket socket : main.socketsOfAny(Subscription.roomsOf(event.type(), data))) {
            Viewer viewer = viewers.get(socket);
            if (viewer != null) {
                viewer.offer(event, data, outgoing);
            }
        }
        hub.shown().shown(event);
    }

    private void someEnded() {
        if (!closed) {
            timer.after(Duration.ZERO, this::recheck);
        }
    }

    private void recheckAgain() {
        if (!closed) {
            recheck();
            timer.after(RECHECK, this::recheckAgain);
        }
    }

    private void recheck() {
        viewers.values().forEach(Viewer::recheck);
    }

    @Override
    public void close() {
        closed = true;
        feed.close();
        engine.close();
        watches.close();
    }
}
