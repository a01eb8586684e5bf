package io.facet.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.crypto.SigningKeyPair;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelArchiveTest {
    private static final SigningKeyPair KEY = SigningKeyPair.generate();

    @TempDir Path folder;
    private Path content = Path.of("");
    private Path to = Path.of("");

    @BeforeEach
    void aFolder() throws IOException {
        content = Files.createDirectory(folder.resolve("content"));
        to = Files.createDirectory(folder.resolve("to"));
        Files.writeString(content.resolve("catalog.json"), "{}");
    }

    @Test
    void modelsPassForNoRelease() throws IOException {
        byte[] models = models();
        assertRefused(
                () -> ReleaseArchive.unpack(in(models), KEY.verifying(), _ -> {}, to),
                ErrorCode.PERMISSION_DENIED);
        assertRefused(() -> ReleaseArchive.peek(in(models)), ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void aReleasePassesForNoModels() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReleaseArchive.write(content, "facet-edge", "1.1.0", "amd64", KEY, out);
        assertRefused(
                () -> ModelArchive.unpack(in(out.toByteArray()), KEY.verifying(), _ -> {}, to),
                ErrorCode.PERMISSION_DENIED);
    }

    @Test
    void anotherHubsModelsAreRefused() throws IOException {
        byte[] models = models();
        assertRefused(
                () ->
                        ModelArchive.unpack(
                                in(models), SigningKeyPair.generate().verifying(), _ -> {}, to),
                ErrorCode.PERMISSION_DENIED);
        assertThat(to).isEmptyDirectory();
    }

    @Test
    void nothingIsWrittenOfModelsThatAreNotWanted() throws IOException {
        byte[] models = models();
        assertRefused(
                () ->
                        ModelArchive.unpack(
                                in(models),
                                KEY.verifying(),
                                manifest -> {
                                    throw new FacetException(
                                            ErrorCode.CONFLICT, "not " + manifest.version());
                                },
                                to),
                ErrorCode.CONFLICT);
        assertThat(to).isEmptyDirectory();
    }

    @Test
    void aReleaseIsNeverNamedLikeAPack() {
        List<Manifest.ReleaseFile> files =
                List.of(new Manifest.ReleaseFile("x", "0".repeat(64), 1, false));
        assertThatThrownBy(() -> new Manifest("facet-edge", "open", "amd64", files))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Manifest("facet-models", "open", "amd64", files))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Manifest("facet-models", "../open", "all", files))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private byte[] models() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelArchive.write(content, "open", KEY, out);
        return out.toByteArray();
    }

    private static ByteArrayInputStream in(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FacetException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
