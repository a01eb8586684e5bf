package io.facet.edge.software;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSlotsTest {
    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);

    @TempDir private Path data = Path.of("");

    @Test
    void beginsWithTheConfiguredModels() {
        assertThat(slots().state().running()).isEqualTo(ModelSlots.CONFIGURED);
        assertThat(slots().gallery(ModelSlots.CONFIGURED)).isEqualTo(data.resolve("gallery.db"));
    }

    @Test
    void aTrialThatSettlesIsInUseAndTheFormerPackStaysWithoutItsGallery() throws IOException {
        commit(A);
        Files.createDirectories(slots().pack(B));
        ModelSlots slots = slots();
        slots.tryNext(B);
        slots.begin();
        assertThat(slots.state()).isEqualTo(new ModelSlots.State(A, B, "configured", 1));
        Files.writeString(slots.gallery(A), "faces");
        Files.writeString(slots.gallery(A).resolveSibling("gallery.db-wal"), "faces");

        slots.commit();
        assertThat(slots().state()).isEqualTo(new ModelSlots.State(B, "", A, 0));
        assertThat(slots.pack(A)).isEmptyDirectory();
    }

    @Test
    void threeTrialsThatAreCutOffEndIt() throws IOException {
        commit(A);
        slots().tryNext(B);
        for (int cut = 1; cut <= 3; cut++) {
            ModelSlots slots = slots();
            slots.begin();
            assertThat(slots.state().running()).as("start %d", cut).isEqualTo(B);
        }
        ModelSlots slots = slots();
        slots.begin();
        assertThat(slots.state()).isEqualTo(new ModelSlots.State(A, "", "configured", 0));
        Verdict verdict = slots.verdict().orElseThrow();
        assertThat(verdict.sha256()).isEqualTo(B);
        assertThat(verdict.state()).isEqualTo(Standing.State.ROLLED_BACK);
        assertThat(verdict.reason()).contains("cut off 3 times");
    }

    @Test
    void stoppingInOrderSpeaksNeitherForNorAgainst() {
        slots().tryNext(B);
        for (int i = 0; i < 5; i++) {
            ModelSlots slots = slots();
            slots.begin();
            slots.stopped();
        }
        assertThat(slots().state().running()).isEqualTo(B);
    }

    @Test
    void theFormerGalleryOutlivesATrialThatFails() throws IOException {
        Files.writeString(data.resolve("gallery.db"), "faces");
        ModelSlots slots = slots();
        slots.tryNext(B);
        slots.begin();
        slots.rollBack("failed");
        assertThat(slots.state().running()).isEqualTo(ModelSlots.CONFIGURED);
        assertThat(data.resolve("gallery.db")).hasContent("faces");
    }

    @Test
    void whatNobodyUsesGoes() throws IOException {
        commit(A);
        for (String pack : new String[] {A, B, "c".repeat(64), "d".repeat(64) + ".part"}) {
            Files.createDirectories(slots().pack(pack).resolve("files"));
        }
        slots().keepOnly(Set.of(B));
        try (var packs = Files.list(data.resolve("models"))) {
            assertThat(packs.filter(Files::isDirectory))
                    .containsExactlyInAnyOrder(slots().pack(A), slots().pack(B));
        }
    }

    @Test
    void anUnreadableFileMeansTheConfiguredModels() throws IOException {
        Files.createDirectories(data.resolve("models"));
        Files.writeString(data.resolve("models/active"), "current=" + A + "\ntrials=many\n");
        assertThat(slots().state()).isEqualTo(ModelSlots.State.FIRST);
        Files.writeString(data.resolve("models/active"), "");
        assertThat(slots().state()).isEqualTo(ModelSlots.State.FIRST);
    }

    @Test
    void aVerdictLastsUntilSomethingElseIsAskedFor() {
        ModelSlots slots = slots();
        slots.note(new Verdict(B, Standing.State.REFUSED, "damaged"));
        slots.forgetVerdictsBut(B);
        assertThat(slots().verdict()).contains(new Verdict(B, Standing.State.REFUSED, "damaged"));
        slots.forgetVerdictsBut(A);
        assertThat(slots().verdict()).isEmpty();
    }

    private void commit(String pack) throws IOException {
        ModelSlots slots = slots();
        Files.createDirectories(slots.pack(pack));
        slots.tryNext(pack);
        slots.begin();
        slots.commit();
    }

    /** As after a start. */
    private ModelSlots slots() {
        return new ModelSlots(data);
    }
}
