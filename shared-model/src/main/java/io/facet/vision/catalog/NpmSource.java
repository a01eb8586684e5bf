package io.facet.vision.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Files of the npm package {@code @vladmandic/face-api}. Not thread-safe. */
final class NpmSource implements FileSource {
    private static final String PREFIX = "npm:";

    private final NpmPackage npm;
    private Optional<String> refusal = Optional.empty();

    NpmSource(NpmPackage npm) {
        this.npm = npm;
    }

    @Override
    public Outcome fetch(UpstreamFile file, Path part) {
        Optional<String> path =
                file.sources().stream()
                        .filter(source -> source.startsWith(PREFIX))
                        .map(source -> source.substring(PREFIX.length()))
                        .findFirst();
        if (path.isEmpty()) {
            return new Outcome.Unavailable("not in the npm package");
        }
        if (refusal.isPresent()) {
            return new Outcome.Unavailable(refusal.get());
        }
        try {
            Path original = npm.modules().resolve(path.get());
            Files.copy(original, part, StandardCopyOption.REPLACE_EXISTING);
            return new Outcome.Written(PREFIX + path.get());
        } catch (IOException failed) {
            String reason = String.valueOf(failed.getMessage());
            refusal = Optional.of(reason);
            return new Outcome.Unavailable(reason);
        }
    }
}
