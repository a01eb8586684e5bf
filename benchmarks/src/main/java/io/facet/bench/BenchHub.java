package io.facet.bench;

import io.facet.hub.audit.AuditEntry;
import io.facet.hub.audit.AuditStore;
import io.facet.hub.audit.AuditTrail;
import io.facet.hub.cameras.CameraChange;
import io.facet.hub.cameras.CameraService;
import io.facet.hub.cameras.CameraView;
import io.facet.hub.cameras.LiveFrame;
import io.facet.hub.cameras.LiveFrames;
import io.facet.hub.cameras.NewCamera;
import io.facet.hub.events.HubEvent;
import io.facet.hub.events.LiveFeed;
import io.facet.hub.live.LiveGateway;
import io.facet.hub.live.engineio.EngineConfig;
import io.facet.hub.live.engineio.ScheduledTimer;
import io.facet.hub.live.transport.LiveServer;
import io.facet.hub.live.transport.Origins;
import io.facet.hub.monitor.Probes;
import io.facet.hub.security.Authenticator;
import io.facet.hub.security.Principal;
import io.facet.hub.security.Role;
import io.facet.hub.services.Auditor;
import io.facet.model.CameraId;
import io.facet.model.SiteScope;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The hub's live side, from the feed to the wire, without what is behind it: no database, one made
 * up credential, no cameras. Thread-safe.
 */
final class BenchHub implements AutoCloseable {
    private static final int MANY = 1_000_000;

    private final LiveFeed feed = new LiveFeed();
    private final ScheduledTimer timer = new ScheduledTimer();
    private final LiveGateway gateway;
    private final LiveServer server;

    BenchHub() {
        EngineConfig config =
                EngineConfig.DEFAULT.withAdmission(new EngineConfig.Admission(MANY, MANY, MANY));
        gateway =
                new LiveGateway(
                        new LiveGateway.Sources(
                                feed,
                                new NoFrames(),
                                new NoCameras(),
                                new AnyKey(),
                                new Auditor(new NoLog(), InstantSource.system()),
                                _ -> {},
                                new Probes(),
                                MANY),
                        timer,
                        config);
        server = new LiveServer(Map.of("/socket.io", gateway.engine()), Origins.SAME, 0);
    }

    int port() {
        return server.port();
    }

    void publish(HubEvent event) {
        feed.publish(event);
    }

    @Override
    public void close() {
        gateway.close();
        server.close();
        feed.close();
        timer.close();
    }

    /** Lets every key in as a viewer. */
    private static final class AnyKey implements Authenticator {
        private static final Principal VIEWER =
                new Principal("bench", "bench", Set.of(Role.VIEWER), SiteScope.ALL);

        @Override
        public Optional<Principal> byKey(String key) {
            return Optional.of(VIEWER);
        }

        @Override
        public Optional<Principal> bySession(String token) {
            return Optional.empty();
        }

        @Override
        public Optional<Session> signIn(String key) {
            return Optional.empty();
        }

        @Override
        public void signOut(String token) {}

        @Override
        public Optional<LiveToken> liveToken(String credential) {
            return Optional.empty();
        }

        @Override
        public Optional<Bearer> bearer(String credential) {
            return Optional.of(new Bearer(VIEWER, () -> Optional.of(VIEWER)));
        }

        @Override
        public void onEnded(Runnable listener) {}
    }

    /** Nobody watches a camera here. */
    private static final class NoFrames implements LiveFrames {
        @Override
        public Watch watch(CameraId camera, Wish wish, Consumer<LiveFrame> watcher) {
            throw new UnsupportedOperationException("the bench has no cameras");
        }
    }

    /** Signing in is not what is measured. */
    private static final class NoLog implements AuditTrail {
        @Override
        public void change(AuditEntry entry) {}

        @Override
        public void note(AuditEntry entry) {}

        @Override
        public void refused(AuditEntry entry) {}

        @Override
        public List<AuditStore.Numbered> page(AuditStore.AuditQuery query) {
            return List.of();
        }

        @Override
        public Verdict verify() {
            return new Verdict(0, 0, 0, List.of());
        }
    }

    /** There are none. */
    private static final class NoCameras implements CameraService {
        @Override
        public CameraView add(NewCamera camera, SiteScope sites) {
            throw new UnsupportedOperationException("the bench has no cameras");
        }

        @Override
        public List<CameraView> list(SiteScope sites) {
            return List.of();
        }

        @Override
        public Optional<CameraView> get(CameraId id, SiteScope sites) {
            return Optional.empty();
        }

        @Override
        public CameraView update(
                CameraId id, CameraChange change, SiteScope sites, Consumer<CameraView> check) {
            throw new UnsupportedOperationException("the bench has no cameras");
        }

        @Override
        public Optional<Float> threshold(CameraId id) {
            return Optional.empty();
        }

        @Override
        public Optional<CameraView> remove(CameraId id, SiteScope sites) {
            return Optional.empty();
        }
    }
}
