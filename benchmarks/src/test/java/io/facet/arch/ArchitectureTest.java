package io.facet.arch;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;

/** The walls between the rooms, as docs/architecture.md draws them. */
@AnalyzeClasses(packages = "io.facet", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] ADAPTERS = {
        "io.facet.hub.store..", "io.facet.hub.api..", "io.facet.hub.live..",
        "io.facet.hub.broker..", "io.facet.hub.web..", "io.facet.hub.metrics..",
        "io.facet.hub.mail..", "io.facet.hub.oidc.."
    };

    private static final String[] HUB_SERVICES = {
        "io.facet.hub.people..",
        "io.facet.hub.recognition..",
        "io.facet.hub.events..",
        "io.facet.hub.cameras..",
        "io.facet.hub.devices..",
        "io.facet.hub.search..",
        "io.facet.hub.sync..",
        "io.facet.hub.security..",
        "io.facet.hub.joining..",
        "io.facet.hub.idempotency..",
        "io.facet.hub.monitor..",
        "io.facet.hub.alerts..",
        "io.facet.hub.webhooks..",
        "io.facet.hub.watchlists..",
        "io.facet.hub.enrolments..",
        "io.facet.hub.settings..",
        "io.facet.hub.audit..",
        "io.facet.hub.admission..",
        "io.facet.hub.retention..",
        "io.facet.hub.backup.."
    };

    @ArchTest
    static final ArchRule modelIsPure =
            classes()
                    .that()
                    .resideInAPackage("io.facet.model..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", "org.jspecify..", "io.facet.model..");

    @ArchTest
    static final ArchRule stagesDoNotKnowOnnx =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.facet.vision.image..",
                            "io.facet.vision.detect..",
                            "io.facet.vision.align..",
                            "io.facet.vision.quality..",
                            "io.facet.vision.liveness..",
                            "io.facet.vision.embed..",
                            "io.facet.vision.landmark..",
                            "io.facet.vision.expression..",
                            "io.facet.vision.catalog..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.facet.vision.onnx..", "ai.onnxruntime..");

    @ArchTest
    static final ArchRule onnxRuntimeHasOneRoom =
            only("ai.onnxruntime..", "io.facet.vision.onnx..");

    @ArchTest
    static final ArchRule vectorModuleHasOneRoom = only("jdk.incubator..", "io.facet.index..");

    @ArchTest
    static final ArchRule hnswHasOneRoom = only("com.github.jelmerk..", "io.facet.index..");

    @ArchTest
    static final ArchRule javaCvHasOneRoom =
            only("org.bytedeco..", "io.facet.edge.capture.javacv..");

    @ArchTest
    static final ArchRule pahoHasOneRoomAtEachEnd =
            only(
                    "org.eclipse.paho..",
                    "io.facet.edge.uplink..",
                    "io.facet.hub.mqtt..",
                    // plays a box
                    "io.facet.bench..");

    @ArchTest
    static final ArchRule sqliteHasOneRoomAtTheEdge =
            only("org.sqlite..", "io.facet.edge.sqlite..");

    @ArchTest
    static final ArchRule bouncyCastleHasOneRoom = only("org.bouncycastle..", "io.facet.pki..");

    @ArchTest
    static final ArchRule jdbcHasItsRooms =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.facet.hub.store..",
                            "io.facet.edge.sqlite..",
                            "io.facet.edge.outbox..",
                            "io.facet.edge.gallery..",
                            // counts rows past the hub
                            "io.facet.bench..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.sql..",
                            "javax.sql..",
                            "org.jdbi..",
                            "org.flywaydb..",
                            "com.zaxxer..");

    @ArchTest
    static final ArchRule helidonHasItsRooms =
            only(
                    "io.helidon..",
                    "io.facet.hub.api..",
                    "io.facet.hub.live..",
                    "io.facet.hub.dashboard..",
                    "io.facet.hub.web..");

    @ArchTest
    static final ArchRule grpcHasOneRoomBesideItsStubs =
            only(
                    "io.grpc..",
                    "io.facet.hub.api.grpc..",
                    "io.facet.wire.rpc..",
                    // a client of it
                    "io.facet.bench..");

    @ArchTest
    static final ArchRule brokerHasOneRoom = only("org.apache.activemq..", "io.facet.hub.broker..");

    @ArchTest
    static final ArchRule micrometerHasOneRoom = only("io.micrometer..", "io.facet.hub.metrics..");

    @ArchTest
    static final ArchRule bucket4jHasOneRoom =
            only("io.github.bucket4j..", "io.facet.hub.admission..");

    @ArchTest static final ArchRule mailHasOneRoom = only("jakarta.mail..", "io.facet.hub.mail..");

    @ArchTest
    static final ArchRule openIdHasOneRoom =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.facet.hub.oidc..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("com.nimbusds.oauth2..", "com.nimbusds.openid..");

    @ArchTest
    static final ArchRule servicesDoNotKnowAdapters =
            noClasses()
                    .that()
                    .resideInAnyPackage(HUB_SERVICES)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(ADAPTERS);

    @ArchTest
    static final ArchRule edgeDoesNotKnowTheHub =
            noClasses()
                    .that()
                    .resideInAPackage("io.facet.edge..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.facet.hub..");

    @ArchTest
    static final ArchRule sharedKnowsNeither =
            noClasses()
                    .that(
                            resideInAPackage("io.facet..")
                                    .and(
                                            DescribedPredicate.not(
                                                    resideInAnyPackage(
                                                            "io.facet.edge..",
                                                            "io.facet.hub..",
                                                            "io.facet.bench.."))))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.facet.edge..", "io.facet.hub..", "io.facet.bench..");

    @ArchTest
    static final ArchRule noCycles = slices().matching("io.facet.(**)").should().beFreeOfCycles();

    /** Verbs are the mains; only they read the clock and the environment. */
    @ArchTest
    static final ArchRule onlyMainsReadClockAndEnvironment =
            noClasses()
                    .that()
                    .haveSimpleNameNotEndingWith("Verb")
                    .and()
                    .resideOutsideOfPackages("io.facet.cli..", "io.facet.bench..")
                    .should()
                    .callMethodWhere(readsClockOrEnvironment());

    private static ArchRule only(String library, String... rooms) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    private static DescribedPredicate<JavaAccess<?>> readsClockOrEnvironment() {
        return DescribedPredicate.describe(
                "reads the clock or the environment",
                access -> {
                    JavaClass owner = access.getTargetOwner();
                    String name = access.getName();
                    boolean now =
                            name.equals("now")
                                    && (owner.isEquivalentTo(Instant.class)
                                            || owner.isEquivalentTo(LocalDateTime.class));
                    boolean clock = owner.isEquivalentTo(Clock.class) && name.startsWith("system");
                    boolean system =
                            owner.isEquivalentTo(System.class)
                                    && (name.equals("currentTimeMillis") || name.equals("getenv"));
                    return now || clock || system;
                });
    }
}
