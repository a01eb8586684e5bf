package io.facet.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.crypto.SigningKeyPair;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.vision.catalog.PackFolder;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.vision.catalog.TestPacks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelArchiveIT {
    private static final SigningKeyPair KEY = SigningKeyPair.generate();

    @TempDir Path folder;

    @Test
    void aPackTravelsWhole() throws IOException {
        ResolvedPack pack = TestPacks.pack("open");
        Path archive = archive(pack, "first");

        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        Manifest manifest;
        try (InputStream in = Files.newInputStream(archive)) {
            manifest = ModelArchive.unpack(in, KEY.verifying(), _ -> {}, unpacked);
        }
        assertThat(manifest.product()).isEqualTo("facet-models");
        assertThat(manifest.version()).isEqualTo("open");
        assertThat(manifest.architecture()).isEqualTo("all");

        ResolvedPack opened = PackFolder.open(unpacked);
        assertThat(opened.space()).isEqualTo(pack.space());
        assertThat(opened.pack()).isEqualTo(pack.pack());
        assertThat(opened.liveness()).hasSameSizeAs(pack.liveness());
        assertThat(opened.detector().onnx())
                .startsWith(unpacked)
                .hasSameBinaryContentAs(pack.detector().onnx());
    }

    @Test
    void theSamePackIsTheSameFile() throws IOException {
        ResolvedPack pack = TestPacks.pack("open");
        assertThat(archive(pack, "first")).hasSameBinaryContentAs(archive(pack, "second"));
    }

    @Test
    void aPackCutShortIsNone() throws IOException {
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        PackFolder.write(TestPacks.pack("open"), unpacked);
        try (Stream<Path> files = Files.list(unpacked.resolve("files"))) {
            for (Path file : files.toList()) {
                Files.write(file, new byte[] {1});
            }
        }
        assertCorrupt(unpacked);
        assertCorrupt(folder);
    }

    private static void assertCorrupt(Path folder) {
        assertThatThrownBy(() -> PackFolder.open(folder))
                .isInstanceOfSatisfying(
                        FacetException.class,
                        failure ->
                                assertThat(failure.code())
                                        .isIn(
                                                ErrorCode.MODEL_CORRUPT,
                                                ErrorCode.MODEL_UNAVAILABLE));
    }

    private Path archive(ResolvedPack pack, String name) throws IOException {
        Path content = Files.createDirectory(folder.resolve(name));
        PackFolder.write(pack, content);
        Path file = folder.resolve(name + ".facet");
        try (OutputStream out = Files.newOutputStream(file)) {
            ModelArchive.write(content, pack.pack().name(), KEY, out);
        }
        return file;
    }
}
