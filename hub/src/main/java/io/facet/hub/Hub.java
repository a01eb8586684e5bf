package io.facet.hub;

import io.facet.config.ConfigLayers;
import io.facet.config.FacetConfig;
import io.facet.crypto.AtRest;
import io.facet.crypto.SealingKeyPair;
import io.facet.hub.api.grpc.GrpcServer;
import io.facet.hub.audit.AuditLog;
import io.facet.hub.audit.AuditTrail;
import io.facet.hub.cameras.CameraStates;
import io.facet.hub.cameras.Cameras;
import io.facet.hub.devices.DeviceStore;
import io.facet.hub.devices.Devices;
import io.facet.hub.devices.Presence;
import io.facet.hub.enrolments.EnrolmentJobs;
import io.facet.hub.enrolments.SpoolFolder;
import io.facet.hub.events.Events;
import io.facet.hub.events.LiveFeed;
import io.facet.hub.health.Checks;
import io.facet.hub.idempotency.Idempotency;
import io.facet.hub.ingest.EdgeConversation;
import io.facet.hub.monitor.Sampler;
import io.facet.hub.people.ImageFiles;
import io.facet.hub.people.People;
import io.facet.hub.people.Pictures;
import io.facet.hub.recognition.FaceAnalyses;
import io.facet.hub.recognition.Recognitions;
import io.facet.hub.retention.Retention;
import io.facet.hub.search.MasterIndex;
import io.facet.hub.security.Authenticator;
import io.facet.hub.security.Credentials;
import io.facet.hub.security.Gate;
import io.facet.hub.security.LiveTokens;
import io.facet.hub.security.MasterKeySource;
import io.facet.hub.security.Passwords;
import io.facet.hub.security.Principal;
import io.facet.hub.security.Role;
import io.facet.hub.security.Users;
import io.facet.hub.services.HubServices;
import io.facet.hub.services.Monitoring;
import io.facet.hub.services.Safeguards;
import io.facet.hub.settings.RuntimeSettings;
import io.facet.hub.store.postgres.Installation;
import io.facet.hub.store.postgres.KeyRotation;
import io.facet.hub.store.postgres.Vault;
import io.facet.hub.sync.GalleryFeed;
import io.facet.hub.watchlists.Watchlists;
import io.facet.index.VectorIndexes;
import io.facet.lifecycle.Lifecycle;
import io.facet.model.AgentId;
import io.facet.model.SiteScope;
import io.facet.model.Uuid7;
import io.facet.tls.ServerTls;
import io.facet.tls.TlsSettings;
import io.facet.vision.image.ImageDecoder;
import io.facet.vision.image.JpegEncoder;
import io.facet.vision.pipeline.Vision;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub: its parts, started in order and closed in reverse.
 *
 * <pre>
 * data folder - PostgreSQL - stores - broker - edge conversation - index - services - web, gRPC
 * </pre>
 */
public final class Hub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
    private static final float CROP_QUALITY = 0.85f;
    private static final int CROP_SIDE = 400;

    private final Lifecycle parts;
    private final HubServices services;
    private final int port;
    private final int grpcPort;

    private Hub(Lifecycle parts, HubServices services, int port, int grpcPort) {
        this.parts = parts;
        this.services = services;
        this.port = port;
        this.grpcPort = grpcPort;
    }

    /**
     * What a hub is started with.
     *
     * @param layers the configuration by origin; the hub lays its own settings over it
     * @param vision owned by the hub from now on
     * @param port of the page and REST; empty takes the configured one
     */
    public record Settings(
            ConfigLayers layers,
            Path data,
            Vision vision,
            WebFront web,
            Optional<Integer> port,
            String version,
            InstantSource clock) {
        /** With a configuration made in code. */
        public Settings(
                FacetConfig config,
                Path data,
                Vision vision,
                WebFront web,
                Optional<Integer> port,
                String version,
                InstantSource clock) {
            this(ConfigLayers.of(config), data, vision, web, port, version, clock);
        }

        /** What is read at the start. */
        public FacetConfig config() {
            return layers.config();
        }
    }

    /**
     * Starts everything; what was started is closed again when one part fails.
     *
     * @throws io.facet.error.FacetException with what to do
     */
    public static Hub start(Settings settings) {
        Lifecycle parts = new Lifecycle();
        try {
            return start(settings, parts);
        } catch (RuntimeException failure) {
            try {
                parts.close();
            } catch (RuntimeException closing) {
                failure.addSuppressed(closing);
            }
            throw failure;
        }
    }

    private static Hub start(Settings settings, Lifecycle parts) {
        FacetConfig config = settings.config();
        InstantSource clock = settings.clock();
        parts.own("vision", settings.vision());
        DataFolder data = parts.start("data folder", () -> DataFolder.open(settings.data()));
        Storage storage = Storage.start(config.database(), data, parts);
        Uuid7 ids = new Uuid7(clock, new SecureRandom());
        MasterKeySource source = MasterKeyElsewhere.configured(config.hub(), data.resolve(""));
        MasterKeySource.Keys masters = source.read();
        Vault vault = new Vault(storage.database(), masters.newestFirst());
        MasterKeys rotation =
                new MasterKeys(
                        source, masters.present(), new KeyRotation(storage.database(), vault));
        UUID hubId = Installation.identify(storage.database(), vault, ids.next(), clock.instant());
        rotation.resume(masters);
        Stores stores = Stores.over(storage.database(), vault, clock, data.erasures());
        Credentials credentials = new Credentials(stores.credentials(), clock, new SecureRandom());
        AuditTrail audit =
                parts.start(
                        "audit log",
                        () ->
                                new AuditLog(
                                        stores.audit(),
                                        data.auditAnchor(),
                                        clock,
                                        AuditLog.Limits.DEFAULT));
        Retention retention =
                new Retention(
                        config.retention(),
                        stores.retention(),
                        stores.audit()::prune,
                        audit,
                        clock);
        Calendar.start(stores, retention, clock, parts);
        Passwords passwords = new Passwords();
        Users users =
                new Users(
                        stores.users(),
                        passwords,
                        vault.rootKey("tokens"),
                        clock,
                        ids,
                        new SecureRandom());
        FirstAdministrator.ensure(credentials, data);
        FirstAdministrator.ensure(users, data);
        Optional<ServerTls> tls = TlsSettings.of(config.hub()).map(ServerTls::new);
        Messaging messaging =
                Messaging.start(
                        config.mqtt(),
                        new Messaging.Guard(tls, config.hub().allowInsecure()),
                        settings.port().isPresent(),
                        data,
                        (user, key) -> box(credentials, user, key),
                        parts);
        HubServices services =
                wire(
                        settings,
                        stores,
                        credentials,
                        messaging,
                        hubId,
                        data,
                        data.sealingKeys(vault.rootKey("sealing")),
                        ids,
                        parts,
                        storage,
                        new Safeguards(tls, users, audit, rotation, stores.consents(), retention),
                        new Gate(credentials, users, liveTokens(config, vault), clock));
        WebFront.Running web =
                parts.start(
                        "web",
                        () ->
                                settings.web()
                                        .start(
                                                services,
                                                config.hub().host(),
                                                settings.port().orElse(config.hub().port())));
        GrpcServer grpc =
                parts.start("gRPC", () -> new GrpcServer(services, grpcSettings(settings, tls)));
        data.writePorts(web.port(), tls.isPresent(), grpc.port(), messaging.port(), storage.port());
        LOG.info("the hub is ready on port {}, gRPC on {}", web.port(), grpc.port());
        return new Hub(parts, services, web.port(), grpc.port());
    }

    private static GrpcServer.Settings grpcSettings(Settings settings, Optional<ServerTls> tls) {
        FacetConfig.Hub config = settings.config().hub();
        int port = settings.port().isPresent() ? 0 : config.grpcPort();
        return tls.map(t -> GrpcServer.Settings.secured(config.host(), port, t.keyManager()))
                .orElseGet(() ->
                        GrpcServer.Settings.plain(config.host(), port, config.allowInsecure()));
    }

    private static HubServices wire(
            Settings settings,
            Stores stores,
            Credentials credentials,
            Messaging messaging,
            UUID hubId,
            DataFolder data,
            SealingKeyPair sealing,
            Uuid7 ids,
            Lifecycle parts,
            Storage storage,
            Safeguards safeguards,
            Authenticator gate) {
        FacetConfig config = settings.config();
        InstantSource clock = settings.clock();
        Vision vision = settings.vision();
        RuntimeSettings runtime = new RuntimeSettings(settings.layers(), stores.settings(), clock);
        Supplier<FacetConfig.Recognition> recognition = () -> runtime.current().recognition();
        LiveFeed feed = new LiveFeed();
        parts.own("feed", feed);
        Observation watch =
                new Observation(
                        storage.database(),
                        settings.version(),
                        config.alerts().window(),
                        clock,
                        parts);
        watch.read(feed);
        vision.observe(watch.stages());
        CameraStates states = new CameraStates(feed, clock);
        Presence presence = new Presence();
        EdgeConversation edge =
                parts.start(
                        "edge conversation",
                        () ->
                                new EdgeConversation(
                                        new EdgeConversation.Parts(
                                                hubId,
                                                settings.version(),
                                                sealing,
                                                stores.devices(),
                                                stores.cameras(),
                                                states,
                                                presence,
                                                stores.gallery()::head,
                                                watch.metrics().ingest(),
                                                clock)));
        watch.read(edge);
        long loaded = stores.gallery().head();
        MasterIndex index = parts.start("index", () -> index(config, vision, stores));
        watch.read(index, loaded);
        Pictures pictures =
                new ImageFiles(
                        new ImageDecoder(
                                config.limits().imageBytes(), config.limits().imagePixels()),
                        new JpegEncoder(CROP_QUALITY, CROP_SIDE));
        Devices devices =
                new Devices(
                        stores.devices(),
                        credentials,
                        presence,
                        edge.cameraListener()::changed,
                        clock);
        People people =
                new People(
                        new People.Parts(
                                stores.people(),
                                index,
                                vision,
                                pictures,
                                feed,
                                watch.noting(edge.galleryListener()),
                                ids,
                                clock),
                        () -> recognition.get().threshold());
        Cameras cameras =
                new Cameras(
                        stores.cameras(),
                        states,
                        () ->
                                stores.devices().list(SiteScope.ALL).stream()
                                        .collect(
                                                Collectors.toMap(
                                                        DeviceStore.Stored::agent,
                                                        DeviceStore.Stored::site)),
                        edge.cameraListener(),
                        ids,
                        clock);
        Watchlists watchlists = new Watchlists(stores.watchlists(), cameras::threshold, ids, clock);
        Events events =
                new Events(
                        stores.events(),
                        stores.names(),
                        feed,
                        watchlists,
                        watch.metrics().events(),
                        clock);
        edge.open(messaging.forHub(), events, devices);
        watch.sample(
                new Sampler.Sources(
                        devices,
                        cameras,
                        stores.gallery()::head,
                        storage.database()::sizeBytes,
                        edge::isConnected,
                        watch.probes(),
                        data.path(),
                        clock));
        EnrolmentJobs enrolments =
                parts.start(
                        "enrolments",
                        () ->
                                new EnrolmentJobs(
                                        stores.enrolments(),
                                        people,
                                        new SpoolFolder(data.resolve("enrolments")),
                                        data.resolve("import"),
                                        config.limits().imageBytes(),
                                        ids,
                                        clock));
        watch.readCertificates(() ->
                safeguards.tls().map(tls -> Map.of("listeners", tls.expiresAt())).orElse(Map.of()));
        Alarms alarms =
                Alarms.start(
                        new Alarms.Wiring(config, stores, events, feed, watch, ids, clock), parts);
        return new HubServices(
                config,
                clock,
                people,
                new Recognitions(
                        vision, pictures, index, stores.people(), watchlists, recognition, clock),
                new FaceAnalyses(vision, pictures, index, recognition, clock),
                watchlists,
                enrolments,
                runtime,
                stores.replays(),
                events,
                feed,
                cameras,
                edge.live(),
                devices,
                new GalleryFeed(stores.gallery(), vision.space()),
                gate,
                credentials,
                new Checks(
                        HubChecks.of(
                                new HubChecks.Parts(
                                        storage.database(),
                                        messaging.runs(),
                                        edge,
                                        index,
                                        vision,
                                        data.path()))),
                new Monitoring(
                        watch.requests(),
                        watch.live(),
                        watch.probes(),
                        watch.metrics(),
                        alarms.alerts(),
                        alarms.webhooks()),
                safeguards,
                messaging.forBoxes(),
                new Idempotency(stores.idempotency(), ids, clock));
    }

    private static LiveTokens liveTokens(FacetConfig config, Vault vault) {
        return new LiveTokens(
                AtRest.derive(vault.rootKey("tokens"), "facet/hub/live-tokens"),
                config.hub().tokenLifetime(),
                new SecureRandom());
    }

    private static MasterIndex index(FacetConfig config, Vision vision, Stores stores) {
        MasterIndex index =
                new MasterIndex(
                        VectorIndexes.create(
                                config.database().vectorDb(),
                                vision.space(),
                                stores.people().countFaces()),
                        vision.calibration());
        index.load(stores.people());
        LOG.info("{} faces are searchable", index.size());
        return index;
    }

    private static Optional<AgentId> box(Credentials credentials, String user, String key) {
        return credentials
                .byKey(key)
                .filter(p -> p.roles().contains(Role.DEVICE) && p.id().equals(user))
                .map(Principal::id)
                .map(AgentId::new);
    }

    /** What the hub can do, for whoever is in its process. */
    public HubServices services() {
        return services;
    }

    /** Of the page and REST. */
    public int port() {
        return port;
    }

    /** Of gRPC. */
    public int grpcPort() {
        return grpcPort;
    }

    @Override
    public void close() {
        parts.close();
    }
}
