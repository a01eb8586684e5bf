package io.facet.hub.software;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtefactFilesTest {
    private static final String HELLO =
            "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir Path folder;

    private static InputStream hello() {
        return new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aFileLiesUnderItsHashOnceItIsKept() throws IOException {
        ArtefactFiles files = new ArtefactFiles(folder);
        try (ArtefactFiles.Arrived arrived = files.take(hello())) {
            assertThat(arrived.sha256().hex()).isEqualTo(HELLO);
            assertThat(arrived.size()).isEqualTo(5);
            assertThat(files.find(arrived.sha256())).isEmpty();
            arrived.keep();
        }
        assertThat(folder.resolve(HELLO)).hasContent("hello");
        assertThat(files.find(new Sha256(HELLO))).contains(folder.resolve(HELLO));
        files.delete(new Sha256(HELLO));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void nothingIsLeftOfWhatIsNotKeptOrDoesNotArrive() throws IOException {
        ArtefactFiles files = new ArtefactFiles(folder);
        files.take(hello()).close();
        InputStream cut = InputStream.nullInputStream();
        cut.close();
        assertThatThrownBy(() -> files.take(cut)).isInstanceOf(IOException.class);
        assertThatThrownBy(() ->
                        files.make((scratch, _) -> {
                            Files.writeString(scratch.resolve("x"), "x");
                            throw new IOException("not made");
                        }))
                .isInstanceOf(IOException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatACrashLeftIsDeleted() throws IOException {
        Files.writeString(folder.resolve("x.part"), "half");
        Files.writeString(folder.resolve(HELLO), "hello");
        assertThat(new ArtefactFiles(folder).find(new Sha256(HELLO))).isPresent();
        assertThat(folder.resolve("x.part")).doesNotExist();
    }
}
