package io.facet.hub;

import io.facet.config.FacetConfig;
import io.facet.crypto.AtRest;
import io.facet.crypto.SigningKeyPair;
import io.facet.hub.admission.RequestLimits;
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
import io.facet.hub.joining.BoxCertificates;
import io.facet.hub.joining.BoxCredentials;
import io.facet.hub.joining.BrokerAccess;
import io.facet.hub.joining.Joining;
import io.facet.hub.joining.Lapses;
import io.facet.hub.models.ModelChanges;
import io.facet.hub.monitor.Sampler;
import io.facet.hub.oidc.OidcSettings;
import io.facet.hub.oidc.OidcSignIn;
import io.facet.hub.people.GalleryListener;
import io.facet.hub.people.ImageFiles;
import io.facet.hub.people.People;
import io.facet.hub.people.Pictures;
import io.facet.hub.recognition.FaceAnalyses;
import io.facet.hub.recognition.Recognitions;
import io.facet.hub.retention.Retention;
import io.facet.hub.search.MasterIndex;
import io.facet.hub.security.Credentials;
import io.facet.hub.security.ExternalSignIn;
import io.facet.hub.security.Gate;
import io.facet.hub.security.LiveTokens;
import io.facet.hub.security.MasterKeySource;
import io.facet.hub.security.Passwords;
import io.facet.hub.security.Users;
import io.facet.hub.services.HubServices;
import io.facet.hub.services.Monitoring;
import io.facet.hub.services.Safeguards;
import io.facet.hub.settings.RuntimeSettings;
import io.facet.hub.store.postgres.Installation;
import io.facet.hub.store.postgres.KeyRotation;
import io.facet.hub.store.postgres.Vault;
import io.facet.hub.sync.AnnouncedSelections;
import io.facet.hub.sync.GalleryFeed;
import io.facet.hub.watchlists.Watchlists;
import io.facet.index.VectorIndexes;
import io.facet.lifecycle.Lifecycle;
import io.facet.model.AgentId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import io.facet.model.Uuid7;
import io.facet.pki.Authority;
import io.facet.tls.ServerTls;
import io.facet.vision.image.ImageDecoder;
import io.facet.vision.image.JpegEncoder;
import io.facet.vision.pipeline.Vision;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The list of a hub's parts, in the order they start. Used once, by one thread.
 *
 * <pre>
 * data folder - PostgreSQL - keys - stores - audit log - broker - edge conversation - index
 *     - services - alarms - web - gRPC
 * </pre>
 */
final class Wiring {
    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);
    private static final float CROP_QUALITY = 0.85f;
    private static final int CROP_SIDE = 400;

    private final Hub.Settings settings;
    private final FacetConfig config;
    private final InstantSource clock;
    private final Vision vision;
    private final Lifecycle parts;
    private final Uuid7 ids;
    private final DataFolder data;
    private final Storage storage;
    private final Vault vault;
    private final MasterKeys rotation;
    private final UUID hubId;
    private final Stores stores;
    private final Credentials credentials;
    private final BoxCertificates certificates;
    private final Users users;
    private final RuntimeSettings runtime;
    private final LiveFeed feed = new LiveFeed();
    private final Presence presence = new Presence(System::nanoTime);
    private final Observation watch;

    Wiring(Hub.Settings settings, Lifecycle parts) {
        this.settings = settings;
        this.config = settings.config();
        this.clock = settings.clock();
        this.vision = settings.vision();
        this.parts = parts;
        this.ids = new Uuid7(clock, new SecureRandom());
        parts.own("vision", vision);
        data = parts.start("data folder", () -> DataFolder.open(settings.data()));
        storage = Storage.start(config.database(), data, parts);
        MasterKeySource source = MasterKeyElsewhere.configured(config.hub(), data.resolve(""));
        MasterKeySource.Keys masters = source.read();
        vault = new Vault(storage.database(), masters.newestFirst());
        rotation =
                new MasterKeys(
                        source, masters.present(), new KeyRotation(storage.database(), vault));
        hubId = Installation.identify(storage.database(), vault, ids.next(), clock.instant());
        rotation.resume(masters);
        stores = Stores.over(storage.database(), vault, clock, data.erasures());
        eraseAgain();
        credentials = new Credentials(stores.credentials(), clock, new SecureRandom());
        certificates = new BoxCertificates(stores.joining(), clock);
        users = accounts();
        runtime = new RuntimeSettings(settings.layers(), stores.settings(), clock);
        parts.own("feed", feed);
        watch =
                new Observation(
                        storage.database(),
                        settings.version(),
                        config.alerts().window(),
                        clock,
                        parts);
        watch.read(feed);
        vision.observe(watch.stages());
    }

    /** A database may have been brought back by other means than ours. */
    private void eraseAgain() {
        int again = RestoreRun.eraseAgain(data, stores, clock);
        if (again > 0) {
            LOG.warn("{} people who were erased were back in the database; erased again", again);
        }
    }

    Hub wire() {
        Safeguards safeguards = safeguards();
        Messaging messaging = messaging(safeguards);
        CameraStates states = new CameraStates(feed, stores.cameraOutbox(), clock);
        EdgeConversation edge = parts.start("edge conversation", () -> conversation(states));
        watch.read(edge);
        long loaded = stores.gallery().head();
        MasterIndex index = parts.start("index", this::index);
        watch.read(index, loaded);
        BoxCredentials boxes = boxes(messaging.access(), edge);
        Devices devices = devices(edge, boxes);
        Cameras cameras = cameras(states, edge);
        Watchlists watchlists =
                new Watchlists(
                        stores.watchlists(), cameras::threshold, galleryChanged(edge), ids, clock);
        Events events =
                new Events(
                        stores.events(),
                        stores.names(),
                        feed,
                        watchlists,
                        watch.metrics().events(),
                        clock);
        People people = people(index, edge);
        ModelChanges models = parts.start("models", () -> models(people, edge));
        SigningKeyPair signing = data.signingKeys(vault.rootKey("signing"));
        Software software = Software.start(softwareParts(devices, models, edge, signing), parts);
        watch.read(software.rollouts());
        edge.open(messaging.forHub(), events, devices, _ -> software.watch().wake());
        Calendar.settle(
                watchlists, new Lapses(stores.joining()::inForce, boxes::cut, clock), parts);
        watch.sample(samples(devices, cameras, edge));
        watch.readCertificates(() -> certificates(safeguards));
        EnrolmentJobs enrolments = parts.start("enrolments", () -> enrolments(people));
        Alarms alarms =
                Alarms.start(
                        new Alarms.Wiring(config, stores, events, feed, watch, ids, clock), parts);
        return serve(
                new HubServices(
                        config,
                        clock,
                        people,
                        recognitions(index, watchlists),
                        new FaceAnalyses(vision, pictures(), index, this::recognition, clock),
                        watchlists,
                        enrolments,
                        models,
                        runtime,
                        events,
                        feed,
                        cameras,
                        edge.live(),
                        devices,
                        joining(safeguards, messaging, boxes, devices),
                        new AnnouncedSelections(stores.selections(), galleryChanged(edge)),
                        new GalleryFeed(
                                stores.gallery(),
                                stores.selections(),
                                vision.space(),
                                signing,
                                new GalleryFeed.Terms(
                                        vault.rootKey("gallery"),
                                        Duration.ofDays(config.retention().edgeGalleryDays()))),
                        new Gate(credentials, users, certificates, liveTokens(), clock),
                        credentials,
                        checks(messaging, edge, index),
                        monitoring(alarms),
                        safeguards,
                        messaging.forBoxes(),
                        new Idempotency(stores.idempotency(), ids, clock),
                        software.artefacts(),
                        software.rollouts()),
                messaging);
    }

    private Hub serve(HubServices services, Messaging messaging) {
        Optional<ServerTls> tls = services.safeguards().tls();
        WebFront.Running web = parts.start("web", () -> web(services));
        GrpcServer grpc = parts.start("gRPC", () -> new GrpcServer(services, grpcSettings(tls)));
        data.writePorts(web.port(), tls.isPresent(), grpc.port(), messaging.port(), storage.port());
        LOG.info("the hub is ready on port {}, gRPC on {}", web.port(), grpc.port());
        return new Hub(parts, services, web.port(), grpc.port());
    }

    private WebFront.Running web(HubServices services) {
        return settings.web()
                .start(services, config.hub().host(), settings.port().orElse(config.hub().port()));
    }

    private GrpcServer.Settings grpcSettings(Optional<ServerTls> tls) {
        String host = config.hub().host();
        int port = settings.port().isPresent() ? 0 : config.hub().grpcPort();
        return tls.map(t -> GrpcServer.Settings.secured(host, port, t.keyManager()))
                .orElseGet(
                        () -> GrpcServer.Settings.plain(host, port, config.hub().allowInsecure()));
    }

    private Safeguards safeguards() {
        AuditTrail audit = parts.start("audit log", this::auditLog);
        Retention retention =
                new Retention(
                        config.retention(),
                        stores.retention(),
                        stores.audit()::prune,
                        audit,
                        clock);
        Authority authority = data.authority(vault.rootKey("authority"), clock.instant());
        OwnCertificate certificate = new OwnCertificate(config.hub(), data, authority, clock);
        Calendar.start(stores, retention, galleryLogKept(), certificate, clock, parts);
        FirstAdministrator.ensure(credentials, data);
        FirstAdministrator.ensure(users, data);
        return new Safeguards(
                authority,
                certificate.settings().map(ServerTls::new),
                users,
                elsewhere(),
                audit,
                rotation,
                stores.consents(),
                stores.erasures(),
                retention,
                new RequestLimits(config.limits()));
    }

    /** A box that heard nothing for longer holds nobody any more. */
    private Duration galleryLogKept() {
        int days = config.retention().edgeGalleryDays();
        return Duration.ofDays(days > 0 ? days : FacetConfig.Retention.DEFAULT.edgeGalleryDays());
    }

    private AuditLog auditLog() {
        return new AuditLog(stores.audit(), data.auditAnchor(), clock, AuditLog.Limits.DEFAULT);
    }

    private Users accounts() {
        return new Users(
                stores.users(),
                new Passwords(),
                vault.rootKey("tokens"),
                clock,
                ids,
                new SecureRandom());
    }

    private Optional<ExternalSignIn> elsewhere() {
        byte[] key = AtRest.derive(vault.rootKey("tokens"), "facet/hub/oidc-tickets");
        return OidcSettings.of(config.oidc())
                .map(oidc -> parts.start("OpenID sign-in", () -> new OidcSignIn(oidc, key, clock)));
    }

    private LiveTokens liveTokens() {
        return new LiveTokens(
                AtRest.derive(vault.rootKey("tokens"), "facet/hub/live-tokens"),
                config.hub().tokenLifetime(),
                new SecureRandom());
    }

    private Messaging messaging(Safeguards safeguards) {
        return Messaging.start(
                config.mqtt(),
                new Messaging.Guard(
                        safeguards.tls(),
                        List.of(safeguards.authority().certificate()),
                        config.hub().allowInsecure()),
                settings.port().isPresent(),
                data,
                new SignedInBoxes(credentials, certificates),
                "facet-hub-" + hubId + "-boxes",
                parts);
    }

    private Joining joining(
            Safeguards safeguards, Messaging messaging, BoxCredentials boxes, Devices devices) {
        return new Joining(
                new Joining.Parts(
                        stores.joining(),
                        safeguards.authority(),
                        () -> presented(safeguards, messaging),
                        new Joining.Register() {
                            @Override
                            public Optional<SiteId> site(AgentId agent) {
                                return stores.devices().get(agent).map(DeviceStore.Stored::site);
                            }

                            @Override
                            public void enter(AgentId agent, SiteId site) {
                                devices.enter(agent, site);
                            }
                        },
                        boxes,
                        watch::joinTokenReused,
                        config.hub().deviceCertificateLifetime(),
                        clock),
                new SecureRandom());
    }

    /** Both ways must speak TLS before a box can come by certificate. */
    private static List<X509Certificate> presented(Safeguards safeguards, Messaging messaging) {
        return messaging.forBoxes().certificates()
                ? safeguards.tls().map(ServerTls::chain).orElse(List.of())
                : List.of();
    }

    private BoxCredentials boxes(BrokerAccess broker, EdgeConversation edge) {
        return new BoxCredentials(credentials, stores.joining(), broker, edge::parted, clock);
    }

    private EdgeConversation conversation(CameraStates states) {
        return new EdgeConversation(
                new EdgeConversation.Parts(
                        hubId,
                        settings.version(),
                        data.sealingKeys(vault.rootKey("sealing")),
                        stores.devices(),
                        stores.cameras(),
                        stores.rollouts(),
                        states,
                        presence,
                        stores.gallery()::head,
                        watch.metrics().ingest(),
                        clock));
    }

    /** Tells boxes of revisions that nobody's faces changed with. */
    private Runnable galleryChanged(EdgeConversation edge) {
        GalleryListener told = watch.noting(edge.galleryListener());
        return () -> told.changed(stores.gallery().head());
    }

    private MasterIndex index() {
        MasterIndex index =
                new MasterIndex(
                        VectorIndexes.create(
                                config.database().vectorDb(),
                                vision.space(),
                                stores.people().countFaces()),
                        vision.calibration());
        index.load(stores.templates());
        LOG.info("{} faces are searchable", index.size());
        return index;
    }

    private Devices devices(EdgeConversation edge, BoxCredentials boxes) {
        return new Devices(
                stores.devices(),
                boxes,
                presence,
                agent -> {
                    edge.cameraListener().changed(agent);
                    edge.softwareListener().softwareChanged(agent);
                },
                clock);
    }

    private Cameras cameras(CameraStates states, EdgeConversation edge) {
        return new Cameras(
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
    }

    private People people(MasterIndex index, EdgeConversation edge) {
        return new People(
                new People.Parts(
                        stores.people(),
                        stores.templates(),
                        index,
                        vision,
                        pictures(),
                        feed,
                        watch.noting(edge.galleryListener()),
                        ids,
                        clock),
                () -> recognition().threshold());
    }

    private ModelChanges models(People people, EdgeConversation edge) {
        return new ModelChanges(
                new ModelChanges.Parts(
                        settings.packs(),
                        vision,
                        stores.templates(),
                        pictures(),
                        people::picture,
                        people::adopt,
                        watch.noting(edge.galleryListener()),
                        clock));
    }

    private Software.Parts softwareParts(
            Devices devices, ModelChanges models, EdgeConversation edge, SigningKeyPair signing) {
        return new Software.Parts(
                stores,
                data.resolve("artefacts"),
                settings.packs(),
                signing,
                devices,
                models,
                edge.softwareListener(),
                ids,
                clock);
    }

    private Recognitions recognitions(MasterIndex index, Watchlists watchlists) {
        return new Recognitions(
                vision, pictures(), index, stores.people(), watchlists, this::recognition, clock);
    }

    /** As it is at present: some of it changes while the hub runs. */
    private FacetConfig.Recognition recognition() {
        return runtime.current().recognition();
    }

    private Pictures pictures() {
        return new ImageFiles(
                new ImageDecoder(config.limits().imageBytes(), config.limits().imagePixels()),
                new JpegEncoder(CROP_QUALITY, CROP_SIDE));
    }

    private EnrolmentJobs enrolments(People people) {
        return new EnrolmentJobs(
                stores.enrolments(),
                people,
                new SpoolFolder(data.resolve("enrolments")),
                data.resolve("import"),
                config.limits().imageBytes(),
                ids,
                clock);
    }

    private Sampler.Sources samples(Devices devices, Cameras cameras, EdgeConversation edge) {
        return new Sampler.Sources(
                devices,
                cameras,
                stores.gallery()::head,
                storage.database()::sizeBytes,
                edge::isConnected,
                watch.probes(),
                data.path(),
                clock);
    }

    private static Map<String, Instant> certificates(Safeguards safeguards) {
        Instant authority = safeguards.authority().certificate().getNotAfter().toInstant();
        return safeguards
                .tls()
                .map(tls -> Map.of("listeners", tls.expiresAt(), "authority", authority))
                .orElse(Map.of());
    }

    private Checks checks(Messaging messaging, EdgeConversation edge, MasterIndex index) {
        return new Checks(
                HubChecks.of(
                        new HubChecks.Parts(
                                storage.database(),
                                messaging.runs(),
                                edge,
                                index,
                                vision,
                                data.path())));
    }

    private Monitoring monitoring(Alarms alarms) {
        return new Monitoring(
                watch.requests(),
                watch.live(),
                watch.probes(),
                watch.metrics(),
                alarms.alerts(),
                alarms.webhooks());
    }
}
