package io.facet.edge;

import io.facet.config.FacetConfig;
import io.facet.config.Secret;
import io.facet.edge.EdgeAgent.Outside;
import io.facet.edge.EdgeAgent.Settings;
import io.facet.edge.camera.CameraFleet;
import io.facet.edge.clip.ClipSettings;
import io.facet.edge.clip.ClipSpool;
import io.facet.edge.clip.ClipStudio;
import io.facet.edge.enrolment.DeviceIdentity;
import io.facet.edge.enrolment.DeviceKeyFile;
import io.facet.edge.enrolment.Enrolment;
import io.facet.edge.enrolment.FirstContact;
import io.facet.edge.enrolment.Membership;
import io.facet.edge.enrolment.Renewal;
import io.facet.edge.gallery.GalleryMemory;
import io.facet.edge.gallery.LocalGallery;
import io.facet.edge.health.HealthServer;
import io.facet.edge.health.HeldFleet;
import io.facet.edge.outbox.Outbox;
import io.facet.edge.software.HubArtefacts;
import io.facet.edge.software.ModelStart;
import io.facet.edge.software.SoftwareUpdate;
import io.facet.edge.software.StagedGallery;
import io.facet.edge.sync.GallerySync;
import io.facet.edge.sync.HubGallery;
import io.facet.edge.uplink.ClipPump;
import io.facet.edge.uplink.ClockOffset;
import io.facet.edge.uplink.DesiredCamerasFile;
import io.facet.edge.uplink.HubClips;
import io.facet.edge.uplink.HubKey;
import io.facet.edge.uplink.Uplink;
import io.facet.edge.uplink.WireEventEncoder;
import io.facet.index.VectorIndexes;
import io.facet.lifecycle.Lifecycle;
import io.facet.match.MatchPolicy;
import io.facet.model.Uuid7;
import io.facet.tls.TrustedCa;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.vision.pipeline.PackVision;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The list of an agent's parts, in the order they start. Used once, by one thread. */
final class Wiring {
    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);
    private static final Duration SYNC_EVERY = Duration.ofSeconds(60);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final Settings settings;
    private final FacetConfig config;
    private final Outside outside;
    private final Lifecycle parts;
    private final AgentFolder folder;
    private final Optional<DeviceIdentity> identity;
    private final URI hub;
    private final Secret key;
    private final HttpClient http;
    private final Uuid7 ids;
    private final UUID boot;

    Wiring(Settings settings, Outside outside, Lifecycle parts) throws InterruptedException {
        this.settings = settings;
        this.config = settings.config();
        this.outside = outside;
        this.parts = parts;
        this.folder =
                parts.start(
                        "data folder", () -> AgentFolder.open(settings.data(), outside.random()));
        this.identity = identity();
        this.hub = identity.map(DeviceIdentity::hub).orElse(settings.hub());
        this.key =
                identity.isPresent()
                        ? Secret.NONE
                        : DeviceKeyFile.read(folder.deviceKey(config.agent().keyFile()));
        this.http = parts.start("http", this::client);
        this.ids = new Uuid7(outside.clock(), outside.random());
        this.boot = ids.next();
    }

    /** The certificate of a box that joins now, or did before. */
    private Optional<DeviceIdentity> identity() throws InterruptedException {
        String file = config.agent().caFile();
        List<X509Certificate> besides =
                file.isEmpty() ? List.of() : TrustedCa.certificates(Path.of(file));
        Optional<DeviceIdentity> before = DeviceIdentity.read(folder.path(), besides);
        if (settings.join().isEmpty()) {
            return before;
        }
        FirstContact.join(settings.join().get(), before, folder.path(), outside.random());
        return DeviceIdentity.read(folder.path(), besides);
    }

    private HttpClient client() {
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT);
        tls().ifPresent(builder::sslContext);
        return builder.build();
    }

    private Optional<SSLContext> tls() {
        return identity.map(own -> own.tls().context())
                .or(() -> TrustedCa.configured(config.agent().caFile()));
    }

    EdgeAgent wire() throws InterruptedException {
        Enrolment enrolment = new Enrolment(http, hub, key, folder.file("enrolment.json"));
        Joining joining = new Joining(config, enrolment, key, tls());
        Membership self = joining.join();
        identity.ifPresent(own ->
                parts.start("certificate", () -> new Renewal(http, hub, own, outside.random())));
        ModelStart start = new ModelStart(folder.path(), outside, outside.host());
        ModelStart.Started models = start.start();
        PackVision vision = models.vision();
        parts.own("models", vision);
        Optional<String> flaw = models.flaw();
        flaw.ifPresent(reason -> LOG.error("not ready, no camera is read: {}", reason));
        HubKey hubKey = new HubKey(folder.file("hub-key"));
        ClockOffset clockOffset = new ClockOffset(outside.nanos());
        LocalGallery gallery =
                parts.start("gallery", () -> gallery(models.gallery(), vision.pack()));
        Outbox outbox = parts.start("outbox", () -> outbox(self, hubKey, clockOffset));
        GallerySync sync = parts.start("gallery sync", () -> sync(self, gallery, enrolment));
        Optional<ClipParts> clips = clips(hubKey, outbox);
        CameraFleet fleet =
                flaw.<CameraFleet>map(reason -> new HeldFleet(reason, outside.clock()))
                        .orElseGet(() ->
                                outside.fleet(
                                        vision, gallery, outbox, clips.map(ClipParts::studio)));
        DesiredCamerasFile cameras = cameras(self);
        SoftwareUpdate software =
                new SoftwareUpdate(
                        software(self, enrolment, vision, gallery, fleet),
                        start,
                        new HubArtefacts(http, hub, key));
        AgentReport report =
                new AgentReport(
                        vision,
                        flaw,
                        fleet,
                        gallery,
                        sync,
                        outbox,
                        clips,
                        software,
                        this::certificate);
        Uplink.Parts speaksFor =
                new Uplink.Parts(
                        self.agent(),
                        boot,
                        settings.version(),
                        outbox,
                        hubKey,
                        clockOffset,
                        fleet,
                        cameras,
                        software::desired,
                        report::vitals,
                        outside.clock(),
                        outside.nanos());
        Uplink uplink =
                parts.start(
                        "uplink",
                        () ->
                                new Uplink(
                                        speaksFor,
                                        () -> joining.broker(self.agent()),
                                        revision -> announced(sync, software, revision)));
        sync.onChange(uplink::stateChanged);
        software.onChange(uplink::stateChanged);
        // Owned after the uplink: cameras close first, and what they still report is sent.
        parts.own("cameras", fleet);
        fleet.desire(cameras.read());
        HealthServer health = parts.start("health", () -> health(report, uplink));
        folder.writePorts(Map.of("health", health.port()));
        parts.own("software", software);
        software.begin();
        LOG.info("agent {} of site {} runs", self.agent(), self.site());
        return new EdgeAgent(parts, self.agent(), health.port(), flaw);
    }

    private static void announced(GallerySync sync, SoftwareUpdate software, long revision) {
        sync.announced(revision);
        software.announced(revision);
    }

    private DesiredCamerasFile cameras(Membership self) {
        return new DesiredCamerasFile(
                folder.file("cameras"), folder.box("cameras", outside.random()), self.agent());
    }

    private SoftwareUpdate.Setting software(
            Membership self,
            Enrolment enrolment,
            PackVision vision,
            LocalGallery gallery,
            CameraFleet fleet) {
        return new SoftwareUpdate.Setting(
                folder.path(),
                outside.host(),
                settings.version(),
                vision.pack().pack().name(),
                outside::configured,
                enrolment::galleryKey,
                (file, pack) -> staged(self, enrolment, file, pack),
                gallery::size,
                fleet,
                outside.nanos(),
                outside.random());
    }

    private LocalGallery gallery(Path file, ResolvedPack pack) {
        FacetConfig.Recognition recognition = config.recognition();
        return new LocalGallery(
                file,
                folder.box("gallery", outside.random()),
                pack.space(),
                digestKey ->
                        new GalleryMemory(
                                VectorIndexes.create("exact", pack.space(), 0),
                                pack.calibration(),
                                digestKey),
                new MatchPolicy(
                        recognition.threshold(), recognition.margin(), recognition.maxResults()),
                outside.bootTime());
    }

    private StagedGallery staged(
            Membership self, Enrolment enrolment, Path file, ResolvedPack pack) {
        LocalGallery gallery = gallery(file, pack);
        return new StagedGallery(gallery, sync(self, gallery, enrolment));
    }

    /** How the box's certificate is; empty for a box with a device key. */
    private Map<String, Object> certificate() {
        return identity.map(own -> own.shown(outside.clock().instant())).orElse(Map.of());
    }

    private Outbox outbox(Membership self, HubKey hubKey, ClockOffset clockOffset) {
        return new Outbox(
                folder.path(),
                config.agent().spoolBytes(),
                folder.box("outbox", outside.random()),
                new Outbox.Origin(self.agent(), boot, ids, outside.nanos(), clockOffset::at),
                new WireEventEncoder(hubKey));
    }

    /** Films around events, where they are wanted; nothing stays of them where they are not. */
    private Optional<ClipParts> clips(HubKey hubKey, Outbox outbox) {
        Path waiting = folder.file("clips");
        Optional<ClipSettings> wanted = ClipSettings.of(config);
        if (wanted.isEmpty()) {
            ClipSpool.wipe(waiting);
            return Optional.empty();
        }
        ClipSpool spool =
                new ClipSpool(
                        waiting,
                        config.clips().spoolBytes(),
                        folder.box("clips", outside.random()),
                        hubKey::current);
        outbox.whenFull(spool::giveUp);
        HubClips at = new HubClips(http, hub, key);
        ClipPump pump =
                parts.start(
                        "clip upload",
                        () -> new ClipPump(spool, at, () -> outbox.stats().waiting() == 0));
        ClipStudio studio =
                parts.start("clips", () -> new ClipStudio(wanted.get(), outside.films(), spool));
        return Optional.of(new ClipParts(spool, studio, pump));
    }

    private GallerySync sync(Membership self, LocalGallery gallery, Enrolment enrolment) {
        HubGallery hub =
                new HubGallery(
                        http,
                        this.hub,
                        key,
                        self.agent(),
                        gallery.space(),
                        enrolment::galleryKey,
                        outside.random());
        return new GallerySync(gallery, hub, SYNC_EVERY);
    }

    private HealthServer health(AgentReport report, Uplink uplink) {
        Secret shown = key.isEmpty() ? folder.healthKey(outside.random()) : key;
        return new HealthServer(settings.healthPort(), shown, () -> report.health(uplink));
    }
}
