package io.facet.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    @TempDir Path folder;

    @Test
    void aNewKeyIsPrivateAndReadAgain() throws IOException {
        Path file = folder.resolve("sub/master.key");
        byte[] first = KeyFile.readOrCreate(file, () -> new byte[] {1, 2, 3});
        byte[] again = KeyFile.readOrCreate(file, () -> new byte[] {9});
        assertThat(again).isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder.resolve("sub"))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aMissingKeyIsNoError() {
        assertThat(KeyFile.read(folder.resolve("none"))).isEmpty();
    }

    @Test
    void aKeyOthersCouldReadIsMadePrivate() throws IOException {
        Path file = folder.resolve("open.key");
        Files.write(file, new byte[] {1});
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(KeyFile.read(file)).isPresent();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void ofManyCreatorsOneWinsAndAllReadItsKey() throws Exception {
        Path file = folder.resolve("raced.key");
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Callable<byte[]> creator =
                    () ->
                            KeyFile.readOrCreate(
                                    file, () -> new byte[] {(byte) next.incrementAndGet()});
            List<Future<byte[]>> keys =
                    threads.invokeAll(IntStream.range(0, 16).mapToObj(i -> creator).toList());
            byte[] winner = Files.readAllBytes(file);
            for (Future<byte[]> key : keys) {
                assertThat(key.get()).isEqualTo(winner);
            }
        }
    }

    @Test
    void writingReplacesTheWholeFile() {
        Path file = folder.resolve("a.key");
        KeyFile.write(file, new byte[] {1, 2, 3, 4});
        KeyFile.write(file, new byte[] {5});
        assertThat(KeyFile.read(file)).hasValueSatisfying(k -> assertThat(k).containsExactly(5));
    }
}
