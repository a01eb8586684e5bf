package io.facet.vision.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A folder with upstream files under their own names. */
final class MirrorSource implements FileSource {
    private final Path folder;

    MirrorSource(Path folder) {
        this.folder = folder;
    }

    @Override
    public Outcome fetch(UpstreamFile file, Path part) {
        Path original = folder.resolve(file.artifact().name());
        if (!Files.isRegularFile(original)) {
            return new Outcome.Unavailable("not in the mirror folder " + folder);
        }
        try (var in = Files.newInputStream(original)) {
            // Streams the content only: a mirror may be read-only, its modes are not ours.
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            return new Outcome.Written(original.toString());
        } catch (IOException unreadable) {
            return new Outcome.Unavailable(original + " cannot be read: " + unreadable);
        }
    }
}
