package io.facet.edge.software;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.config.Secret;
import io.facet.crypto.SigningKeyPair;
import io.facet.edge.software.Product.Finding;
import io.facet.edge.software.Standing.State;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.update.ModelArchive;
import io.facet.update.ReleaseArchive;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that are cut, changed, signed by others or malicious: refused, and nothing changes. */
@SuppressWarnings("NullAway.Init") // JUnit sets the folder before the first test
class HostileModelsIT {
    @TempDir private Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private SoftwareHub hub;
    private byte[] archive;

    @BeforeEach
    void aHub() throws IOException {
        hub = new SoftwareHub();
        Path content = Files.createDirectories(folder.resolve("content/files"));
        byte[] weights = new byte[3000];
        new Random(1).nextBytes(weights);
        Files.write(content.resolve("network.onnx"), weights);
        Files.writeString(folder.resolve("content/catalog.json"), "{\"packs\":[\"open\"]}");
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        ModelArchive.write(folder.resolve("content"), "open", hub.keys, to);
        archive = to.toByteArray();
    }

    @AfterEach
    void stop() {
        hub.close();
        http.close();
    }

    @Test
    void cutAtEveryPointItIsNoPack() throws Exception {
        for (int length = 1; length < archive.length; length += length < 600 ? 7 : 61) {
            assertRefused(Arrays.copyOf(archive, length));
        }
    }

    @Test
    void withAnyByteChangedItIsNoPackOrTheSame() throws Exception {
        Random random = new Random(20261125);
        for (int i = 0; i < 60; i++) {
            byte[] changed = archive.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            assertRefused(changed);
        }
    }

    @Test
    void whatAnotherHubOrNobodySignedIsRefused() throws Exception {
        ByteArrayOutputStream other = new ByteArrayOutputStream();
        ModelArchive.write(folder.resolve("content"), "open", SigningKeyPair.generate(), other);
        assertRefused(other.toByteArray(), "permission_denied");
        ByteArrayOutputStream release = new ByteArrayOutputStream();
        ReleaseArchive.write(
                folder.resolve("content"), "facet-edge", "1.0.0", "amd64", hub.keys, release);
        assertRefused(release.toByteArray(), "permission_denied");
        assertRefused("no archive at all".getBytes(StandardCharsets.UTF_8), "");
    }

    @Test
    void aSignedPackOfUnknownKindIsRefused() throws Exception {
        assertRefused(archive, "model_corrupt");
    }

    @Test
    void namesThatLeaveTheFolderWriteNothing() throws Exception {
        for (String name : new String[] {"../escaped", "/tmp/escaped", "files/../../escaped"}) {
            assertRefused(renamed("files/network.onnx", name), "");
            assertThat(folder.resolve("agent/models/escaped")).doesNotExist();
            assertThat(folder.resolve("agent/escaped")).doesNotExist();
        }
    }

    @Test
    void aFileThatUnpacksToMoreThanWasSignedIsCutOff() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(archive));
                ZipOutputStream to = new ZipOutputStream(bomb)) {
            for (ZipEntry e = from.getNextEntry(); e != null; e = from.getNextEntry()) {
                to.putNextEntry(new ZipEntry(e.getName()));
                byte[] content = from.readAllBytes();
                to.write(content);
                if (e.getName().endsWith(".onnx")) {
                    zeros(to);
                }
            }
        }
        assertThat(bomb.size()).isLessThan(1 << 20);
        assertRefused(bomb.toByteArray(), "longer");
        assertThat(size(folder.resolve("agent/models"))).isLessThan(1 << 20);
    }

    private static void zeros(OutputStream to) throws IOException {
        byte[] nothing = new byte[1 << 20];
        for (int i = 0; i < 64; i++) {
            to.write(nothing);
        }
    }

    private byte[] renamed(String name, String other) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(archive));
                ZipOutputStream to = new ZipOutputStream(out)) {
            for (ZipEntry e = from.getNextEntry(); e != null; e = from.getNextEntry()) {
                to.putNextEntry(new ZipEntry(e.getName().equals(name) ? other : e.getName()));
                from.transferTo(to);
            }
        }
        return out.toByteArray();
    }

    private void assertRefused(byte[] file) throws Exception {
        assertRefused(file, "");
    }

    private void assertRefused(byte[] file, String reason) throws Exception {
        Artefact artefact = new Artefact(hub.keep(file), file.length, "facet-models", "open");
        ModelSlots slots = new ModelSlots(folder.resolve("agent"));
        Finding found = update(slots).step(Optional.of(artefact), _ -> {});
        assertThat(found.state()).isEqualTo(State.REFUSED);
        assertThat(found.reason()).contains(reason);
        assertThat(slots.state()).isEqualTo(ModelSlots.State.FIRST);
        try (var packs = Files.list(folder.resolve("agent/models"))) {
            assertThat(packs.filter(Files::isDirectory)).isEmpty();
        }
        int asked = hub.asked.size();
        assertThat(update(slots).step(Optional.of(artefact), _ -> {})).isEqualTo(found);
        assertThat(hub.asked).as("not fetched again").hasSize(asked);
    }

    private ModelsUpdate update(ModelSlots slots) {
        Product.Parts parts =
                new Product.Parts(
                        new Downloads(
                                folder.resolve("agent/artefacts"),
                                new HubArtefacts(http, hub.address(), Secret.NONE),
                                Patience.USUAL),
                        Host.NONE,
                        new Quiet(new FaceCount(), Duration.ZERO, System::nanoTime));
        return new ModelsUpdate(
                parts,
                slots,
                new ModelsUpdate.Models(
                        "starter",
                        () -> {
                            throw new IllegalStateException("the configured pack is in use");
                        },
                        hub.keys::verifying,
                        (_, _) -> {
                            throw new FacetException(
                                    ErrorCode.INTERNAL, "a hostile pack came this far");
                        },
                        () -> 1));
    }

    private static long size(Path root) throws IOException {
        long[] bytes = {0};
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        bytes[0] += attributes.size();
                        return FileVisitResult.CONTINUE;
                    }
                });
        return bytes[0];
    }
}
