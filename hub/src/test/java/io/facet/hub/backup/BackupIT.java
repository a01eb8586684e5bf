package io.facet.hub.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.config.FacetConfig;
import io.facet.config.Secret;
import io.facet.error.FacetException;
import io.facet.hub.BackupRun;
import io.facet.hub.events.EventQuery;
import io.facet.hub.events.ReceivedEvent;
import io.facet.hub.people.EnrolOutcome;
import io.facet.hub.people.Enrolment;
import io.facet.hub.people.Face;
import io.facet.hub.security.UserAccounts.SignIn;
import io.facet.hub.services.HubServices;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.FakePictures;
import io.facet.hub.testing.Sightings;
import io.facet.model.AgentId;
import io.facet.model.CameraId;
import io.facet.model.SiteScope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub backed up while it works, and brought back somewhere else. */
class BackupIT {
    private static final BackupKey KEY =
            new BackupKey.Passphrase(new Secret("a rather long phrase"));

    @TempDir Path folder;

    private static Face enrol(DevHub hub, int number) {
        EnrolOutcome outcome =
                hub.services()
                        .people()
                        .enrol(Enrolment.of("Person " + number, FakePictures.of(number)));
        assertThat(outcome).isInstanceOf(EnrolOutcome.Enrolled.class);
        return hub.services().people().faces(0, 1000).faces().getLast();
    }

    private static void seen(DevHub hub, Face face) {
        Sightings box = new Sightings(new AgentId("box-1"), new CameraId(UUID.randomUUID()));
        hub.services()
                .events()
                .ingest(
                        List.of(
                                new ReceivedEvent(
                                        box.recognised(
                                                face, Instant.now(), face.name().getBytes(UTF_8)),
                                        false)));
    }

    private int restore(Path file, Path to, BackupKey key) {
        DevHub.shareProgramsWith(to);
        return BackupRun.restore(
                FacetConfig.DEFAULT,
                to,
                file,
                key,
                Optional.of(folder.resolve("one/master.key")),
                Optional.of(folder.resolve("one/erasures.log")),
                InstantSource.system());
    }

    @Test
    void everythingComesBackExceptWhoWasErasedSince() throws Exception {
        Path data = folder.resolve("one");
        Path file = folder.resolve("facet.backup");
        Face kept;
        Face erased;
        try (DevHub hub = DevHub.in(data)) {
            kept = enrol(hub, 1);
            erased = enrol(hub, 2);
            seen(hub, kept);
            seen(hub, erased);
            assertThat(BackupRun.backup(FacetConfig.DEFAULT, data, file, KEY)).isGreaterThan(15);
            hub.services().people().erase(erased.person());
            enrol(hub, 3);
        }
        Path there = folder.resolve("two");
        assertThat(restore(file, there, KEY)).isEqualTo(1);
        try (DevHub hub = DevHub.in(there)) {
            HubServices services = hub.services();
            assertThat(services.people().faces(0, 10).faces()).containsExactly(kept);
            assertThat(services.people().picture(kept.id())).isPresent();
            assertThat(services.people().person(erased.person())).isEmpty();
            assertThat(crops(services)).containsExactlyInAnyOrder("Person 1", "");
            assertThat(services.safeguards().audit().verify().ok()).isTrue();
            Secret password = new Secret(Files.readString(data.resolve("admin-password")).strip());
            assertThat(services.safeguards().users().signIn("admin", password))
                    .isInstanceOf(SignIn.Welcome.class);
            Face fresh = enrol(hub, 4);
            seen(hub, fresh);
            assertThat(crops(services)).contains("Person 4");
        }
        // Never over a hub that is there.
        assertThatThrownBy(() -> restore(file, there, KEY))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("already");
    }

    @Test
    void withoutItsMasterKeyABackupIsNotRestored() {
        Path there = folder.resolve("three");
        DevHub.shareProgramsWith(there);
        assertThatThrownBy(() ->
                        BackupRun.restore(
                                FacetConfig.DEFAULT,
                                there,
                                folder.resolve("none"),
                                KEY,
                                Optional.empty(),
                                Optional.empty(),
                                InstantSource.system()))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("master.key");
    }

    /** The crops of all events; empty text where there is none. */
    private static List<String> crops(HubServices services) {
        return services.events().page(EventQuery.newest(SiteScope.ALL, 100)).events().stream()
                .map(e ->
                        services.events()
                                .crop(e.event().header().id(), SiteScope.ALL)
                                .map(jpeg -> new String(jpeg.bytes(), UTF_8))
                                .orElse(""))
                .toList();
    }
}
