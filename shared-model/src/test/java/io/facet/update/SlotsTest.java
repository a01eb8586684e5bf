package io.facet.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.crypto.SigningKeyPair;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlotsTest {
    private static final SigningKeyPair KEY = SigningKeyPair.generate();

    @TempDir Path folder;
    private Path content = Path.of("");
    private Path at = Path.of("");

    @BeforeEach
    void aRelease() throws IOException {
        content = Files.createDirectories(folder.resolve("content"));
        Path java = Files.createDirectories(content.resolve("runtime/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(content.resolve("version"), "1.1.0\n");
        at = folder.resolve("slots");
    }

    @Test
    void aReleaseGoesIntoTheFreeSlotAndIsAskedFor() throws IOException {
        Manifest installed = slots("1.0.0").install(in(release("1.1.0")));
        assertThat(installed.version()).isEqualTo("1.1.0");
        assertThat(at.resolve("next")).hasContent("a\n");
        assertThat(at.resolve("a/version")).hasContent("1.1.0\n");
        assertThat(at.resolve("a/runtime/bin/java")).isExecutable();
        assertThat(at.resolve("a/version").toFile().canExecute()).isFalse();
        assertThat(at.resolve("a.part")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"package,'',a", "package,a,b", "a,package,b", "a,b,b", "b,a,a"})
    void neitherWhatRunsNorThePackagesWayBackIsOverwritten(
            String current, String former, String slot) throws IOException {
        Files.createDirectories(at);
        Files.writeString(
                at.resolve("state"), "current=" + current + "\ntrial=\nformer=" + former + "\n");
        slots("1.0.0").install(in(release("1.1.0")));
        assertThat(at.resolve("next")).hasContent(slot + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.0", "1.1.1", "2.0.0"})
    void aVersionThatIsNotNewerIsRefused(String running) throws IOException {
        assertRefused(slots(running), release("1.1.0"), ErrorCode.CONFLICT, "not newer");
    }

    @Test
    void anotherKeysReleaseIsRefused() throws IOException {
        byte[] forged = release("facet-edge", "1.1.0", "amd64", SigningKeyPair.generate());
        assertRefused(slots("1.0.0"), forged, ErrorCode.PERMISSION_DENIED, "not signed");
    }

    @Test
    void anotherProductOrMachineIsRefused() throws IOException {
        assertRefused(
                slots("1.0.0"),
                release("facet-hub", "1.1.0", "amd64", KEY),
                ErrorCode.CONFLICT,
                "facet-hub");
        assertRefused(
                slots("1.0.0"),
                release("facet-edge", "1.1.0", "arm64", KEY),
                ErrorCode.CONFLICT,
                "arm64");
    }

    @Test
    void whatWasRolledBackIsNotTriedAgain() throws IOException {
        Files.createDirectories(at);
        Files.writeString(at.resolve("refused"), "1.1.0 ended with status 1\n");
        assertRefused(slots("1.0.0"), release("1.1.0"), ErrorCode.CONFLICT, "rolled back");
        assertThat(slots("1.0.0").install(in(release("1.1.1"))).version()).isEqualTo("1.1.1");
    }

    @Test
    void aSecondUpdateWaitsForTheFirst() throws IOException {
        slots("1.0.0").install(in(release("1.1.0")));
        assertThatThrownBy(() -> slots("1.0.0").install(in(release("1.2.0"))))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("not finished");
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", "manifest.sig", "runtime/bin/java", "version"})
    void anAlteredFileIsRefused(String name) throws IOException {
        assertThatThrownBy(() -> slots("1.0.0").install(in(rewritten(name, "1.1.0\r", name))))
                .isInstanceOf(FacetException.class);
        nothingIsInstalled();
    }

    @Test
    void aFileUnderAnotherNameIsRefused() throws IOException {
        byte[] moved = rewritten("version", "1.1.0\n", "../../version");
        assertRefused(slots("1.0.0"), moved, ErrorCode.INVALID_ARGUMENT, "missing");
        assertThat(folder.resolve("version")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 200, 600})
    void aReleaseCutShortIsRefused(int bytes) throws IOException {
        byte[] whole = release("1.1.0");
        byte[] part = java.util.Arrays.copyOf(whole, Math.min(bytes, whole.length / 2));
        assertThatThrownBy(() -> slots("1.0.0").install(in(part)))
                .isInstanceOf(FacetException.class);
        nothingIsInstalled();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/x", "a/../b", "a//b", ".", "a/.", "..", "a\\b", ""})
    void aPathThatLeavesTheSlotIsNoFileOfARelease(String path) {
        assertThatThrownBy(() -> new Manifest.ReleaseFile(path, "0".repeat(64), 1, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void assertRefused(Slots slots, byte[] release, ErrorCode code, String reason) {
        assertThatThrownBy(() -> slots.install(in(release)))
                .isInstanceOfSatisfying(
                        FacetException.class, refusal -> assertThat(refusal.code()).isEqualTo(code))
                .hasMessageContaining(reason);
        nothingIsInstalled();
    }

    private void nothingIsInstalled() {
        assertThat(at.resolve("next")).doesNotExist();
        assertThat(at.resolve("a")).doesNotExist();
        assertThat(at.resolve("a.part")).doesNotExist();
    }

    private Slots slots(String version) {
        return new Slots(
                at,
                new Slots.Running("facet-edge", new Version(version), "amd64"),
                KEY.verifying());
    }

    private byte[] release(String version) throws IOException {
        return release("facet-edge", version, "amd64", KEY);
    }

    private byte[] release(String product, String version, String machine, SigningKeyPair key)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReleaseArchive.write(content, product, version, machine, key, out);
        return out.toByteArray();
    }

    /** The release with another content and name for one of its entries. */
    private byte[] rewritten(String name, String text, String newName) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipInputStream from = new ZipInputStream(in(release("1.1.0")));
                ZipOutputStream to = new ZipOutputStream(out)) {
            for (ZipEntry e = from.getNextEntry(); e != null; e = from.getNextEntry()) {
                boolean here = e.getName().equals(name);
                to.putNextEntry(new ZipEntry(here ? newName : e.getName()));
                to.write(here ? text.getBytes(StandardCharsets.UTF_8) : from.readAllBytes());
                to.closeEntry();
            }
        }
        return out.toByteArray();
    }

    private static ByteArrayInputStream in(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }
}
