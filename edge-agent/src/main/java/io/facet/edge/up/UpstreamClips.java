package io.facet.edge.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The demo clips from their makers' address, downloaded once. */
final class UpstreamClips implements DemoSource {
    private static final String SUFFIX = ".mp4";

    private final ClipDownload download;
    private final Path cache;
    private final Consumer<String> progress;

    UpstreamClips(ClipDownload download, Path cache, Consumer<String> progress) {
        this.download = download;
        this.cache = cache;
        this.progress = progress;
    }

    @Override
    public Optional<DemoMaterial> find() {
        try {
            Files.createDirectories(cache);
            fetch(DemoClips.PORTRAIT + SUFFIX);
            fetch(DemoClips.SCENE + SUFFIX);
        } catch (IOException unreachable) {
            progress.accept("the demo clips cannot be downloaded: " + unreachable.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return DemoClips.in(cache, SUFFIX);
    }

    private void fetch(String file) throws IOException, InterruptedException {
        Path target = cache.resolve(file);
        if (!Files.exists(target)) {
            progress.accept("downloading the demo clip " + download.address(file));
            download.fetch(file, target);
        }
    }
}
