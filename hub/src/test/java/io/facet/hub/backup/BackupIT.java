package io.facet.hub.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.config.FacetConfig;
import io.facet.config.Secret;
import io.facet.error.FacetException;
import io.facet.hub.BackupRun;
import io.facet.hub.RestoreRun;
import io.facet.hub.events.EventQuery;
import io.facet.hub.events.ReceivedEvent;
import io.facet.hub.people.EnrolOutcome;
import io.facet.hub.people.Enrolment;
import io.facet.hub.people.Face;
import io.facet.hub.security.UserAccounts.SignIn;
import io.facet.hub.services.HubServices;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.FakePictures;
import io.facet.hub.testing.FilmBox;
import io.facet.hub.testing.Sightings;
import io.facet.model.AgentId;
import io.facet.model.CameraId;
import io.facet.model.EventId;
import io.facet.model.SiteScope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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

    /** Every event has a film. */
    private static void film(DevHub hub) throws Exception {
        FilmBox box = FilmBox.at(hub.services(), "box-1");
        for (EventId event : events(hub.services())) {
            hub.services()
                    .clips()
                    .take(event, box.agent(), box.sealed(event, FilmBox.film("a film")));
        }
    }

    private static List<EventId> events(HubServices services) {
        return services.events().page(EventQuery.newest(SiteScope.ALL, 100)).events().stream()
                .map(stored -> stored.event().header().id())
                .toList();
    }

    private static List<byte[]> films(HubServices services) {
        return events(services).stream()
                .flatMap(event -> services.clips().film(event, SiteScope.ALL).stream())
                .toList();
    }

    private int restore(Path file, Path to, BackupKey key) {
        return restore(
                to,
                new RestoreRun.From(
                        file,
                        key,
                        Optional.of(folder.resolve("one/master.key")),
                        Optional.of(folder.resolve("one/erasures.log")),
                        false));
    }

    private static int restore(Path to, RestoreRun.From from) {
        DevHub.shareProgramsWith(to);
        return new RestoreRun(FacetConfig.DEFAULT, InstantSource.system(), (_, _) -> {})
                .into(to, from)
                .erasedAgain();
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
            film(hub);
            BackupRun.Done done =
                    BackupRun.backup(FacetConfig.DEFAULT, data, file, KEY, (_, _) -> {});
            assertThat(done.tables()).isGreaterThan(15);
            assertThat(done.bytes()).isEqualTo(Files.size(file));
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
            assertThat(films(services))
                    .as("the other's went with the erasure")
                    .containsExactly(FilmBox.film("a film"));
            assertThat(services.safeguards().audit().verify().ok()).isTrue();
            Secret password = new Secret(Files.readString(data.resolve("admin-password")).strip());
            assertThat(services.safeguards().users().signIn("admin", password))
                    .isInstanceOf(SignIn.Welcome.class);
            Face fresh = enrol(hub, 4);
            seen(hub, fresh);
            assertThat(crops(services)).contains("Person 4");
        }
        assertThat(Files.readString(there.resolve("admin-key")))
                .isNotEqualTo(Files.readString(data.resolve("admin-key")));
        // Never over a hub that is there, nor over its master key.
        assertThatThrownBy(() -> restore(file, there, KEY))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("already");
        Files.write(folder.resolve("one/master.key"), new byte[32]);
        byte[] before = Files.readAllBytes(there.resolve("master.key"));
        assertThatThrownBy(() -> restore(file, there, KEY))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("another master.key");
        assertThat(Files.readAllBytes(there.resolve("master.key"))).isEqualTo(before);
    }

    @Test
    void aFailedRestoreTouchesNothingAndCanBeBegunAgain() throws Exception {
        Path data = folder.resolve("one");
        Path file = folder.resolve("facet.backup");
        Face kept;
        try (DevHub hub = DevHub.in(data)) {
            kept = enrol(hub, 1);
            BackupRun.Done _ = BackupRun.backup(FacetConfig.DEFAULT, data, file, KEY, (_, _) -> {});
        }
        Path there = folder.resolve("two");
        byte[] whole = Files.readAllBytes(file);
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length - 1));
        assertRefused(() -> restore(cut, there, KEY), "damaged or cut off");
        BackupKey other = new BackupKey.Passphrase(new Secret("not the right phrase"));
        assertRefused(() -> restore(file, there, other), "passphrase or key is another");
        Path wrong = Files.write(folder.resolve("wrong.key"), new byte[32]);
        assertRefused(
                () -> restore(there, from(file, wrong, Optional.of(data.resolve("erasures.log")))),
                "not the one this backup was made under");
        Path right = data.resolve("master.key");
        assertRefused(() -> restore(there, from(file, right, Optional.empty())), "name the newest");
        assertThat(there.resolve("master.key")).doesNotExist();
        assertThat(there.resolve("postgres/data")).doesNotExist();

        assertThat(restore(file, there, KEY)).isZero();
        try (DevHub hub = DevHub.in(there)) {
            assertThat(hub.services().people().faces(0, 10).faces()).containsExactly(kept);
        }
    }

    @Test
    void aFolderThatNoHubUsedIsNotBackedUp() {
        Path none = folder.resolve("none");
        assertRefused(
                () ->
                        BackupRun.backup(
                                FacetConfig.DEFAULT,
                                none,
                                folder.resolve("facet.backup"),
                                KEY,
                                (_, _) -> {}),
                "no hub has ever used");
        assertThat(none).doesNotExist();
    }

    private static RestoreRun.From from(Path file, Path masterKey, Optional<Path> erasures) {
        return new RestoreRun.From(file, KEY, Optional.of(masterKey), erasures, false);
    }

    private static void assertRefused(ThrowingCallable call, String why) {
        assertThatThrownBy(call).isInstanceOf(FacetException.class).hasMessageContaining(why);
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
