package io.facet.config;

import java.time.Duration;
import java.util.List;

/**
 * Everything that can be configured, as config.json has it: keys are the component names in
 * snake_case, times are seconds. {@link #DEFAULT} holds the default of every key.
 */
public record FacetConfig(
        Recognition recognition,
        Database database,
        Cameras cameras,
        Models models,
        Detection detection,
        QualityLimits quality,
        Tracking tracking,
        Hub hub,
        Mqtt mqtt,
        Agent agent,
        Clips clips,
        Limits limits,
        Alerts alerts,
        Webhooks webhooks,
        Email email,
        Retention retention,
        Oidc oidc) {

    public static final FacetConfig DEFAULT =
            new FacetConfig(
                    Recognition.DEFAULT,
                    Database.DEFAULT,
                    Cameras.DEFAULT,
                    Models.DEFAULT,
                    Detection.DEFAULT,
                    QualityLimits.DEFAULT,
                    Tracking.DEFAULT,
                    Hub.DEFAULT,
                    Mqtt.DEFAULT,
                    Agent.DEFAULT,
                    Clips.DEFAULT,
                    Limits.DEFAULT,
                    Alerts.DEFAULT,
                    Webhooks.DEFAULT,
                    Email.DEFAULT,
                    Retention.DEFAULT,
                    Oidc.DEFAULT);

    /** The same with another section {@code recognition}. */
    public FacetConfig withRecognition(Recognition recognition) {
        return new FacetConfig(
                recognition,
                database,
                cameras,
                models,
                detection,
                quality,
                tracking,
                hub,
                mqtt,
                agent,
                clips,
                limits,
                alerts,
                webhooks,
                email,
                retention,
                oidc);
    }

    /** The same with another section {@code detection}. */
    public FacetConfig withDetection(Detection detection) {
        return new FacetConfig(
                recognition,
                database,
                cameras,
                models,
                detection,
                quality,
                tracking,
                hub,
                mqtt,
                agent,
                clips,
                limits,
                alerts,
                webhooks,
                email,
                retention,
                oidc);
    }

    /** How faces are named. */
    public record Recognition(
            @Doc("model pack; auto takes open when it can be had, else starter")
                    @OneOf({"auto", "open", "starter", "zoo", "insightface"})
                    String model,
            @Doc("least calibrated confidence of a match; 0.60 lies at FAR 0.1 %")
                    @Limit(min = 0, max = 1)
                    @Live
                    float threshold,
            @Doc("people reported per face") @Limit(min = 1, max = 100) @Live int maxResults,
            @Doc("least lead in confidence over the next person, else the face is ambiguous")
                    @Limit(min = 0, max = 1)
                    @Live
                    float margin,
            @Doc("check faces for presentation attacks") boolean liveness,
            @Doc("least liveness score, 0 attack to 1 live") @Limit(min = 0, max = 1)
                    float livenessThreshold,
            @Doc("guess facial expressions") boolean expression) {
        public static final Recognition DEFAULT =
                new Recognition("auto", 0.6f, 5, 0.05f, true, 0.5f, false);
    }

    /** The hub's store and index. */
    public record Database(
            @Doc("vector index; auto and faiss mean exact until it grows large")
                    @OneOf({"auto", "exact", "hnsw", "faiss"})
                    String vectorDb,
            @Doc("how faces are spread over hubs; uniform means hash")
                    @OneOf({"hash", "uniform", "range", "geographic", "camera"})
                    String shardingStrategy,
            @Doc("JDBC URL of an external PostgreSQL 15 or later; empty starts an embedded one")
                    String url,
            @Doc("user of an external PostgreSQL") String user,
            @Doc("password of an external PostgreSQL") Secret password,
            @Doc("connections held open") @Limit(min = 2, max = 200) int poolSize) {
        public static final Database DEFAULT =
                new Database("auto", "hash", "", "facet", Secret.NONE, 10);
    }

    /** How cameras are read. */
    public record Cameras(
            @Doc("frames a second looked at for faces") @Limit(min = 0.1, max = 120)
                    double frameRate,
            @Doc("seconds between recognitions of one track after its first")
                    @Limit(min = 0, max = 3600)
                    Duration recognitionInterval,
            @Doc("share of pixels that must change before a frame is looked at; 0 looks at all")
                    @Limit(min = 0, max = 1)
                    double motionThreshold,
            @Doc("seconds without a frame after which a camera counts as stalled")
                    @Limit(min = 1, max = 600)
                    Duration stallTimeout,
            @Doc("longest wait between attempts to reconnect") @Limit(min = 1, max = 3600)
                    Duration maxBackoff) {
        public static final Cameras DEFAULT =
                new Cameras(
                        15,
                        Duration.ofSeconds(1),
                        0.002,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30));
    }

    /** Where models come from and what runs them. */
    public record Models(
            @Doc("cache folder; empty means models in the user's cache folder") String cacheDir,
            @Doc("execution providers in order of preference; those not there are passed over")
                    @OneOf({"cuda", "tensorrt", "openvino", "cpu"})
                    List<String> providers,
            @Doc("threads of one inference call; 0 chooses by the number of cores")
                    @Limit(min = 0, max = 256)
                    int threads,
            @Doc("accept the licences of packs with restricted weights") boolean acceptLicense) {
        public static final Models DEFAULT =
                new Models("", List.of("cuda", "tensorrt", "openvino", "cpu"), 0, false);
    }

    /** How faces are found. */
    public record Detection(
            @Doc("longer side of the picture the detector sees, a multiple of 32")
                    @Limit(min = 32, max = 4096)
                    int inputSize,
            @Doc("least detection score") @Limit(min = 0.01, max = 1) float scoreThreshold,
            @Doc("search large pictures in tiles too, for small faces; slower") boolean tiles,
            @Doc("faces smaller than this many pixels are left out") @Limit(min = 0, max = 4096)
                    int minFaceSize) {
        public static final Detection DEFAULT = new Detection(640, 0.6f, false, 0);
    }

    /** The least a face must have to be enrolled or be a best shot. */
    public record QualityLimits(
            @Doc("least sharpness, 0 to 1") @Limit(min = 0, max = 1) float minSharpness,
            @Doc("least mean luminance, 0 to 1") @Limit(min = 0, max = 1) float minBrightness,
            @Doc("greatest mean luminance, 0 to 1") @Limit(min = 0, max = 1) float maxBrightness,
            @Doc("least spread of luminance, 0 to 1") @Limit(min = 0, max = 1) float minContrast,
            @Doc("least distance of the eyes in pixels, as it would be from the front")
                    @Limit(min = 0, max = 1000)
                    float minFaceSize,
            @Doc("greatest deviation from frontal in degrees; of a roll, half counts")
                    @Limit(min = 0, max = 180)
                    float maxPoseDeviation,
            @Doc("least eye openness, 0 to 1") @Limit(min = 0, max = 1) float minEyeOpenness) {
        public static final QualityLimits DEFAULT =
                new QualityLimits(0.15f, 0.15f, 0.9f, 0.04f, 24, 40, 0.2f);
    }

    /** How detections become visits. */
    public record Tracking(
            @Doc("seconds a face may be out of sight and still be the same visit")
                    @Limit(min = 0.1, max = 600)
                    Duration maxGap,
            @Doc("votes a person needs before a track is named") @Limit(min = 1, max = 100)
                    int minVotes,
            @Doc("report visits of people nobody knows") boolean reportUnknown) {
        public static final Tracking DEFAULT = new Tracking(Duration.ofSeconds(2), 1, true);
    }

    /** The hub's own listener. */
    public record Hub(
            @Doc("address to listen on; beyond loopback needs TLS or allow_insecure") String host,
            @Doc("port of the web page and REST; 0 picks a free one") @Limit(min = 0, max = 65535)
                    int port,
            @Doc("listen beyond loopback without TLS all the same; logged at every start")
                    boolean allowInsecure,
            @Doc("PEM file: the hub's certificate, then those above it; read again when it changes")
                    String tlsCertificate,
            @Doc("PEM file: the private key of the certificate, PKCS#8, not encrypted")
                    String tlsKey,
            @Doc("PKCS#12 file with certificate and key, instead of the two PEM files")
                    String tlsKeystore,
            @Doc("password of the PKCS#12 file") Secret tlsKeystorePassword,
            @Doc(
                            "origins of other pages that may use Socket.IO, such as https://wall.example; * admits all, without their cookies")
                    List<String> corsOrigins,
            @Doc("seconds a token of POST /api/v1/session/token is taken")
                    @Limit(min = 10, max = 86_400)
                    Duration tokenLifetime,
            @Doc("port of gRPC; 0 picks a free one") @Limit(min = 0, max = 65535) int grpcPort,
            @Doc(
                            "master key, Base64 of 32 bytes; best set as FACET_HUB_MASTER_KEY; empty means"
                                    + " master.key in the data folder")
                    Secret masterKey,
            @Doc("master key to go over to, while master_key is the present one")
                    Secret nextMasterKey,
            @Doc(
                            "program and words that answer with the master key instead; present or next is"
                                    + " added as last word")
                    List<String> masterKeyCommand,
            @Doc(
                            "names and addresses by which boxes and people reach the hub: it then speaks TLS"
                                    + " with a certificate of its own authority, unless given one")
                    List<String> tlsNames,
            @Doc("seconds a certificate of a box is valid; boxes renew it after two thirds of that")
                    @Limit(min = 10, max = 315_360_000)
                    Duration deviceCertificateLifetime) {
        public static final Hub DEFAULT =
                new Hub(
                        "127.0.0.1",
                        8080,
                        false,
                        "",
                        "",
                        "",
                        Secret.NONE,
                        List.of(),
                        Duration.ofMinutes(15),
                        9090,
                        Secret.NONE,
                        Secret.NONE,
                        List.of(),
                        List.of(),
                        Duration.ofDays(90));
    }

    /** The broker between agents and hub. */
    public record Mqtt(
            @Doc(
                            "address of an external MQTT 5 broker (tcp:// or ssl://); empty starts an embedded one")
                    String url,
            @Doc("address the embedded broker listens on") String host,
            @Doc("port of the embedded broker; 0 picks a free one") @Limit(min = 0, max = 65535)
                    int port,
            @Doc("user at an external broker") String user,
            @Doc("password at an external broker") Secret password,
            @Doc(
                            "PEM file of the authorities an external broker's certificate must come from; empty"
                                    + " trusts the usual ones")
                    String caFile,
            @Doc(
                            "whether the external broker is a Mosquitto whose dynamic security plugin the hub is"
                                    + " to tell of boxes")
                    boolean dynamicSecurity,
            @Doc(
                            "address of the external broker for boxes with a certificate (ssl://); empty: none"
                                    + " can join with one")
                    String certificateUrl) {
        public static final Mqtt DEFAULT =
                new Mqtt("", "127.0.0.1", 1883, "", Secret.NONE, "", false, "");

        /** An external broker that is told of boxes by somebody else. */
        public static Mqtt at(String url, String user, Secret password) {
            return new Mqtt(url, "127.0.0.1", 0, user, password, "", false, "");
        }
    }

    /** The edge agent. */
    public record Agent(
            @Doc("name of this box") String id,
            @Doc("site this box stands at") String site,
            @Doc("the hub's web address") String hubUrl,
            @Doc("file with this box's device key; empty means device-key in the data folder")
                    String keyFile,
            @Doc(
                            "PEM file of the authorities the hub's certificate must come from; empty trusts"
                                    + " the usual ones")
                    String caFile,
            @Doc("most bytes of events kept while the hub is away")
                    @Limit(min = 1_000_000, max = 1e12)
                    long spoolBytes) {
        public static final Agent DEFAULT =
                new Agent("agent-1", "default", "http://127.0.0.1:8080", "", "", 1_000_000_000L);
    }

    /** Short films around events. */
    public record Clips(
            @Doc("keep a short film around each recognition") boolean enabled,
            @Doc("keep one around each unknown face too") boolean unknown,
            @Doc("seconds of film before the event") @Limit(min = 0, max = 30)
                    Duration secondsBefore,
            @Doc("seconds of film after the event") @Limit(min = 0, max = 30) Duration secondsAfter,
            @Doc("pictures a second") @Limit(min = 1, max = 15) double framesPerSecond,
            @Doc("wider pictures are scaled down to this many pixels") @Limit(min = 160, max = 1280)
                    int maxWidth,
            @Doc("most bytes of pictures held in memory for one camera")
                    @Limit(min = 256_000, max = 256_000_000)
                    int memoryBytes,
            @Doc("most bytes of films kept on the box while the hub is away")
                    @Limit(min = 1_000_000, max = 1e12)
                    long spoolBytes) {
        public static final Clips DEFAULT =
                new Clips(
                        false,
                        false,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(3),
                        5,
                        640,
                        4_000_000,
                        200_000_000L);
    }

    /** How long what is kept; 0 keeps it until it is deleted by hand. */
    public record Retention(
            @Doc("days events of recognised people are kept; 0 keeps them")
                    @Limit(min = 0, max = 36500)
                    int recognisedDays,
            @Doc("days events of unknown people are kept; 0 keeps them")
                    @Limit(min = 0, max = 36500)
                    int unknownDays,
            @Doc("days pictures and embeddings of events are kept; 0 keeps them")
                    @Limit(min = 0, max = 36500)
                    int imagesDays,
            @Doc(
                            "days films around events are kept, at most as long as their pictures; 0 keeps"
                                    + " them")
                    @Limit(min = 0, max = 36500)
                    int clipsDays,
            @Doc("days entries of the audit log are kept; 0 keeps them")
                    @Limit(min = 0, max = 36500)
                    int auditDays,
            @Doc("days an edge box keeps its gallery without hearing the hub; 0 keeps it")
                    @Limit(min = 0, max = 36500)
                    int edgeGalleryDays) {
        public static final Retention DEFAULT = new Retention(0, 0, 0, 7, 0, 30);
    }

    /** What strangers may ask for. */
    public record Limits(
            @Doc("most bytes of a picture") @Limit(min = 1024, max = 1e9) int imageBytes,
            @Doc("most pixels of a picture") @Limit(min = 1024, max = 1e9) int imagePixels,
            @Doc("most Socket.IO connections at once") @Limit(min = 1, max = 1e6) int viewers,
            @Doc("most of them from one address") @Limit(min = 1, max = 1e6) int viewersPerAddress,
            @Doc("most of them with one key") @Limit(min = 1, max = 1e6) int viewersPerKey,
            @Doc("most new Socket.IO connections of one address in a minute")
                    @Limit(min = 1, max = 1e6)
                    int handshakesPerMinute,
            @Doc("most calls of REST and gRPC with one key in a minute") @Limit(min = 1, max = 1e9)
                    int requestsPerMinute,
            @Doc("most calls without a valid credential from one address in a minute")
                    @Limit(min = 1, max = 1e9)
                    int anonymousPerMinute) {
        public static final Limits DEFAULT =
                new Limits(
                        16 * 1024 * 1024, 50_000_000, 10_000, 1_000, 1_000, 1_200, 60_000, 1_200);
    }

    /** What the hub watches about itself and its fleet. */
    public record Alerts(
            @Doc("watch at all") boolean enabled,
            @Doc("seconds between two looks") @Limit(min = 1, max = 3600) Duration interval,
            @Doc("seconds over which shares, percentiles and counts are taken")
                    @Limit(min = 10, max = 3600)
                    Duration window,
            @Doc("seconds a value must be well again before an alert is resolved")
                    @Limit(min = 0, max = 86400)
                    Duration resolveAfter,
            @Doc("share of the threshold by which a value must have come back to be well again")
                    @Limit(min = 0, max = 0.9)
                    double hysteresis,
            @Doc("seconds for which resolved alerts are kept") @Limit(min = 3600, max = 1e9)
                    Duration keep,
            AlertRule cameraDown,
            AlertRule deviceSilent,
            AlertRule errorRate,
            AlertRule requestLatency,
            AlertRule timeToName,
            AlertRule diskFree,
            AlertRule queueFull,
            AlertRule spoofAttempts,
            AlertRule certificateExpiry,
            AlertRule joinTokenReuse,
            AlertRule rolloutHalted) {
        public static final Alerts DEFAULT =
                new Alerts(
                        true,
                        Duration.ofSeconds(15),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(1),
                        0.1,
                        Duration.ofDays(30),
                        AlertRule.of(1, Duration.ofMinutes(1), "warning"),
                        AlertRule.of(90, Duration.ofSeconds(30), "critical"),
                        AlertRule.of(0.05, Duration.ofMinutes(2), "critical"),
                        AlertRule.of(2, Duration.ofMinutes(5), "warning"),
                        AlertRule.of(1, Duration.ofMinutes(5), "warning"),
                        AlertRule.of(0.1, Duration.ofMinutes(1), "critical"),
                        AlertRule.of(0.8, Duration.ofMinutes(1), "warning"),
                        AlertRule.of(3, Duration.ZERO, "critical"),
                        AlertRule.of(14, Duration.ZERO, "warning"),
                        AlertRule.of(1, Duration.ZERO, "critical"),
                        AlertRule.of(1, Duration.ZERO, "critical"));
    }

    /** One thing to watch. */
    public record AlertRule(
            @Doc("watch it") boolean enabled,
            @Doc("value at which it is wrong, in the unit of docs/operations.md")
                    @Limit(min = 0, max = 1e12)
                    double threshold,
            @Doc("seconds for which it must be wrong before the alert is raised")
                    @Limit(min = 0, max = 86400)
                    Duration forDuration,
            @Doc("how bad it is") @OneOf({"info", "warning", "critical"}) String severity) {
        static AlertRule of(double threshold, Duration forDuration, String severity) {
            return new AlertRule(true, threshold, forDuration, severity);
        }
    }

    /** Live events sent to other programs over HTTP. */
    public record Webhooks(
            @Doc(
                            "let webhooks reach loopback, private and link-local addresses, and those by plain http")
                    boolean allowPrivate,
            @Doc("seconds a receiver may take") @Limit(min = 0.1, max = 120) Duration timeout,
            @Doc("attempts before a delivery is put with the dead letters")
                    @Limit(min = 1, max = 30)
                    int maxAttempts,
            @Doc("seconds before the second attempt; each later wait is three times the one before")
                    @Limit(min = 0.05, max = 3600)
                    Duration firstBackoff,
            @Doc("longest wait between two attempts") @Limit(min = 1, max = 86400)
                    Duration maxBackoff,
            @Doc("deliveries that may wait for one webhook; the oldest become dead letters")
                    @Limit(min = 10, max = 1e6)
                    int maxWaiting,
            @Doc("seconds for which delivered and dead letters are kept")
                    @Limit(min = 60, max = 1e9)
                    Duration keep) {
        public static final Webhooks DEFAULT =
                new Webhooks(
                        false,
                        Duration.ofSeconds(10),
                        10,
                        Duration.ofSeconds(5),
                        Duration.ofHours(1),
                        10_000,
                        Duration.ofDays(7));
    }

    /** Alerts sent by e-mail. */
    public record Email(
            @Doc("SMTP server; empty sends no mail") String host,
            @Doc("port of the SMTP server") @Limit(min = 1, max = 65535) int port,
            @Doc("how the connection is protected; starttls refuses to go on without")
                    @OneOf({"none", "starttls", "tls"})
                    String security,
            @Doc("user at the SMTP server; empty signs in as nobody") String user,
            @Doc("password at the SMTP server") Secret password,
            @Doc("sender's address") String from,
            @Doc("recipients' addresses") List<String> to,
            @Doc("least severity that is mailed") @OneOf({"info", "warning", "critical"})
                    String minSeverity) {
        public static final Email DEFAULT =
                new Email("", 587, "starttls", "", Secret.NONE, "", List.of(), "warning");
    }

    /** Sign-in of people at the organisation's own OpenID provider. */
    public record Oidc(
            @Doc(
                            "address of the OpenID provider, as its discovery document says it; empty leaves"
                                    + " passwords and keys only")
                    String issuer,
            @Doc("the hub's name at the provider") String clientId,
            @Doc(
                            "the hub's secret at the provider, best set as FACET_OIDC_CLIENT_SECRET; none for a"
                                    + " public client")
                    Secret clientSecret,
            @Doc("file with that secret instead") String clientSecretFile,
            @Doc(
                            "the hub's address in people's browsers, such as https://facet.example; empty means"
                                    + " the one they came by")
                    String publicUrl,
            @Doc("what the provider is asked for; openid is always asked for") List<String> scopes,
            @Doc("claim of the ID token with groups or roles; a dot reaches into objects")
                    String roleClaim,
            @Doc(
                            "VALUE=ROLE or VALUE=ROLE@SITE+SITE for values of role_claim; the first that fits"
                                    + " gives the role, and who has none is refused")
                    List<String> roles,
            @Doc("claim of the ID token that user names are made from") String usernameClaim,
            @Doc("words of the link on the sign-in page") String label,
            @Doc("seconds after which a session has to be opened anew at the provider")
                    @Limit(min = 60, max = 604_800)
                    Duration sessionLifetime,
            @Doc(
                            "PEM file of the authorities the provider's certificate must come from; empty"
                                    + " trusts the usual ones")
                    String caFile) {
        public static final Oidc DEFAULT =
                new Oidc(
                        "",
                        "",
                        Secret.NONE,
                        "",
                        "",
                        List.of("profile", "email"),
                        "groups",
                        List.of(),
                        "preferred_username",
                        "Sign in with your organisation",
                        Duration.ofHours(8),
                        "");
    }
}
