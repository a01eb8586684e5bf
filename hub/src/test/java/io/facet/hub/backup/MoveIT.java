package io.facet.hub.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.facet.config.FacetConfig;
import io.facet.error.FacetException;
import io.facet.hub.BackupRun;
import io.facet.hub.RestoreRun;
import io.facet.hub.people.EnrolOutcome;
import io.facet.hub.people.Enrolment;
import io.facet.hub.people.Face;
import io.facet.hub.store.postgres.server.ExternalPostgres;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.FakePictures;
import io.facet.hub.testing.NoWebFront;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the embedded PostgreSQL into Debian's, and back: also the way to another major version,
 * which these two are. Skipped where Debian's is missing.
 */
class MoveIT {
    private static final BackupKey KEY = new BackupKey.FileKey(new byte[32]);

    @TempDir Path folder;

    private final Path file = Path.of("facet.backup");

    private static DevHub hub(Path data, FacetConfig config) {
        return DevHub.in(data, new NoWebFront(), config);
    }

    private static void enrol(DevHub hub, int number) {
        EnrolOutcome outcome =
                hub.services()
                        .people()
                        .enrol(Enrolment.of("Person " + number, FakePictures.of(number)));
        assertThat(outcome).isInstanceOf(EnrolOutcome.Enrolled.class);
    }

    private static List<Face> faces(DevHub hub) {
        return hub.services().people().faces(0, 100).faces();
    }

    /** Backs up one folder and its database, and restores into another and its. */
    private void move(Path from, FacetConfig there, Path to, FacetConfig here) {
        BackupRun.Done done =
                BackupRun.backup(there, from, folder.resolve(file), KEY, (_, _) -> {});
        assertThat(done.tables()).isGreaterThan(15);
        DevHub.shareProgramsWith(to);
        RestoreRun.Done restored = restore(from, to, here);
        assertThat(restored.tables()).isEqualTo(done.tables());
    }

    private RestoreRun.Done restore(Path from, Path to, FacetConfig here) {
        return new RestoreRun(here, InstantSource.system(), (_, _) -> {})
                .into(
                        to,
                        new RestoreRun.From(
                                folder.resolve(file),
                                KEY,
                                Optional.of(from.resolve("master.key")),
                                Optional.of(from.resolve("erasures.log")),
                                false));
    }

    @Test
    void embeddedToExternalAndBack() {
        assumeThat(ExternalPostgres.isInstalled()).as("PostgreSQL is installed").isTrue();
        Path embedded = folder.resolve("embedded");
        Path outside = folder.resolve("outside");
        Path back = folder.resolve("back");
        List<Face> before;
        try (DevHub hub = hub(embedded, FacetConfig.DEFAULT)) {
            enrol(hub, 1);
            enrol(hub, 2);
            before = faces(hub);
        }
        List<Face> after;
        try (ExternalPostgres postgres = ExternalPostgres.in(folder.resolve("server"))) {
            FacetConfig external = DevHub.with(postgres.config(), FacetConfig.DEFAULT.mqtt());
            move(embedded, FacetConfig.DEFAULT, outside, external);
            try (DevHub hub = hub(outside, external)) {
                assertThat(outside.resolve("postgres/data")).doesNotExist();
                assertThat(faces(hub)).isEqualTo(before);
                assertThat(hub.services().safeguards().audit().verify().ok()).isTrue();
                enrol(hub, 3);
                hub.services().people().erase(before.getFirst().person());
                after = faces(hub);
                // While it works, and from the server that its configuration names.
                move(outside, external, back, FacetConfig.DEFAULT);
            }
            assertThatThrownBy(() -> restore(outside, folder.resolve("again"), external))
                    .isInstanceOf(FacetException.class)
                    .hasMessageContaining("holds a hub already");
        }
        try (DevHub hub = hub(back, FacetConfig.DEFAULT)) {
            assertThat(after).hasSize(2);
            assertThat(faces(hub)).isEqualTo(after);
            assertThat(hub.services().people().picture(after.getLast().id())).isPresent();
            assertThat(hub.services().safeguards().audit().verify().ok()).isTrue();
            enrol(hub, 4);
        }
    }
}
