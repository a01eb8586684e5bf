package io.facet.hub.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.api.json.LiveEventJson;
import io.facet.hub.events.HubEvent;
import io.facet.hub.events.HubFeed;
import io.facet.hub.live.engineio.EngineConfig;
import io.facet.hub.live.engineio.EngineServer;
import io.facet.hub.live.engineio.Timer;
import io.facet.hub.live.socketio.Outgoing;
import io.facet.hub.live.socketio.Socket;
import io.facet.hub.live.socketio.SocketIoServer;
import io.facet.hub.live.socketio.SocketPacket;
import io.facet.hub.monitor.Probes;
import io.facet.hub.monitor.QueueState;
import io.facet.hub.security.Principal;
import io.facet.hub.services.HubServices;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The hub's feed and live pictures, pushed to signed-in viewers. Thread-safe. */
public final class LiveGateway implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

    /** How soon a viewer whose key was revoked is put out. */
    private static final Duration RECHECK = Duration.ofSeconds(30);

    private final HubServices hub;
    private final Timer timer;
    private final EngineServer engine;
    private final CameraWatches watches;
    private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
    private final HubFeed.Subscription feed;
    private volatile boolean closed;

    public LiveGateway(HubServices hub, Timer timer, EngineConfig config) {
        this.hub = hub;
        this.timer = timer;
        watches = new CameraWatches(hub.live());
        SocketIoServer server = new SocketIoServer(timer, CONNECT_TIMEOUT, config.maxPayload());
        server.namespace(SocketPacket.MAIN, new ViewerSignIn(hub.authenticator(), this::entered));
        engine = new EngineServer(config, timer, server);
        Probes probes = hub.monitoring().probes();
        probes.viewers(viewers::size);
        probes.queue(
                "socket_io",
                () ->
                        new QueueState(
                                engine.fullest(), config.maxQueuedPackets(), engine.slowViewers()));
        feed = hub.feed().subscribe(this::show);
        timer.after(RECHECK, this::recheck);
    }

    /** What carries it. */
    public EngineServer engine() {
        return engine;
    }

    private void entered(Socket socket, Supplier<Optional<Principal>> who) {
        Optional<Principal> principal = who.get();
        if (principal.isEmpty()) {
            socket.disconnect();
            return;
        }
        Viewer viewer = new Viewer(socket, who, principal.get(), hub.cameras(), watches);
        viewers.add(viewer);
        socket.onDisconnect(_ -> {
            viewers.remove(viewer);
            viewer.left();
        });
        viewer.listen();
    }

    private void show(HubEvent event) {
        ObjectNode data = LiveEventJson.data(event);
        Outgoing outgoing = Outgoing.event(SocketPacket.MAIN, event.type(), data);
        viewers.forEach(viewer -> viewer.offer(event, data, outgoing));
        hub.monitoring().live().shown(event);
    }

    private void recheck() {
        if (!closed) {
            viewers.forEach(Viewer::recheck);
            timer.after(RECHECK, this::recheck);
        }
    }

    @Override
    public void close() {
        closed = true;
        feed.close();
        engine.close();
        watches.close();
    }
}
