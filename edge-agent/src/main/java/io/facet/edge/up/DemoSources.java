package io.facet.edge.up;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds demo material, in turn: the test data, the same clips at their upstream address, and
 * (through {@code photos}) the pictures inside the face-api npm package.
 */
final class DemoSources {
    private static final String PERSON = "Ada (demo)";
    private static final String PORTRAIT = "head-pose-face-detection-female";
    private static final String SCENE = "head-pose-face-detection-female-and-male";
    private static final String UPSTREAM =
            "https://github.com/intel-iot-devkit/sample-videos/raw/master/";
    private static final long MAX_BYTES = 200_000_000;

    private final Optional<Path> testData;
    private final Path cache;
    private final Consumer<String> progress;

    DemoSources(Optional<Path> testData, Path cache, Consumer<String> progress) {
        this.testData = testData;
        this.cache = cache;
        this.progress = progress;
    }

    /** The clips, when they are here or can be had. */
    Optional<DemoMaterial> clips() {
        return local().or(this::downloaded);
    }

    private Optional<DemoMaterial> local() {
        return testData.map(data -> data.resolve("intel-videos"))
                .flatMap(folder -> clips(folder, ".preview.mp4"));
    }

    private Optional<DemoMaterial> downloaded() {
        try {
            Files.createDirectories(cache);
            fetch(PORTRAIT + ".mp4");
            fetch(SCENE + ".mp4");
        } catch (IOException unreachable) {
            progress.accept("the demo clips cannot be downloaded: " + unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return clips(cache, ".mp4");
    }

    private static Optional<DemoMaterial> clips(Path folder, String suffix) {
        Path portrait = folder.resolve(PORTRAIT + suffix);
        Path scene = folder.resolve(SCENE + suffix);
        return Files.isRegularFile(portrait) && Files.isRegularFile(scene)
                ? Optional.of(
                        new DemoMaterial(
                                "clips of Intel's sample-videos, CC BY 4.0",
                                PERSON,
                                List.of(portrait),
                                scene.toUri()))
                : Optional.empty();
    }

    /** A file appears under its name only when it is whole. */
    private void fetch(String file) throws IOException, InterruptedException {
        Path target = cache.resolve(file);
        if (Files.exists(target)) {
            return;
        }
        progress.accept("downloading " + UPSTREAM + file);
        Path part = cache.resolve(file + ".part");
        try (HttpClient http = client()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(UPSTREAM + file))
                            .timeout(Duration.ofSeconds(20))
                            .build();
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new IOException(UPSTREAM + file + " answers " + response.statusCode());
                }
                store(body, part);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    private static void store(InputStream body, Path part) throws IOException {
        long copied = Files.copy(new Bounded(body), part, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        if (copied < 10_000) {
            throw new IOException("only " + copied + " bytes came; that is no clip");
        }
    }

    /** Ends with an error past the bound: a server may send for ever. */
    private static final class Bounded extends java.io.FilterInputStream {
        private long left = MAX_BYTES;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            count(1);
            return super.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            count(Math.max(0, n));
            return n;
        }

        private void count(int n) throws IOException {
            left -= n;
            if (left < 0) {
                throw new IOException("over " + MAX_BYTES + " bytes; that is no demo clip");
            }
        }
    }
}
