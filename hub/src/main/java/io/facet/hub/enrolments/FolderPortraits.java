package io.facet.hub.enrolments;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.enrolments.Portrait.Whose;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Pictures of a folder of the server. Links are not followed. */
record FolderPortraits(Path root, int imageBytes) implements PortraitSource {
    /**
     * A folder below the one that administrators fill.
     *
     * @throws FacetException {@code INVALID_ARGUMENT}
     */
    static FolderPortraits below(Path imports, String folder, int imageBytes) {
        try {
            Path root = imports.resolve(folder).normalize();
            if (Files.isDirectory(root) && root.toRealPath().startsWith(imports.toRealPath())) {
                return new FolderPortraits(root.toRealPath(), imageBytes);
            }
        } catch (IOException | java.nio.file.InvalidPathException _) {
            // Said below, in the same words whatever is there.
        }
        throw new FacetException(
                ErrorCode.INVALID_ARGUMENT,
                "folder names no folder below \"import\" in the hub's data folder; put the"
                        + " pictures there, or send them as a ZIP file");
    }

    @Override
    public int count() throws IOException {
        return pictures().size();
    }

    @Override
    public void visit(Portrait.Visitor visitor) throws IOException {
        Map<String, Whose> named = tables();
        for (String path : pictures()) {
            boolean meant = named.isEmpty() || named.containsKey(path);
            boolean goesOn =
                    meant
                            ? picture(path, named, visitor)
                            : visitor.unreadable(
                                    path,
                                    ErrorCode.INVALID_ARGUMENT.wireName(),
                                    "the table does not name it");
            if (!goesOn) {
                return;
            }
        }
    }

    private boolean picture(String path, Map<String, Whose> named, Portrait.Visitor visitor) {
        try (InputStream in = Files.newInputStream(root.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
            byte[] image = in.readNBytes(imageBytes + 1);
            return image.length > imageBytes
                    ? visitor.unreadable(
                            path,
                            ErrorCode.IMAGE_TOO_LARGE.wireName(),
                            "a picture has at most " + imageBytes + " bytes")
                    : visitor.picture(
                            new Portrait(
                                    path,
                                    named.getOrDefault(
                                            path,
                                            new Whose(Portrait.nameOf(path), Optional.empty())),
                                    image));
        } catch (IOException unreadable) {
            return visitor.unreadable(
                    path, ErrorCode.IMAGE_UNREADABLE.wireName(), "the file cannot be read");
        }
    }

    private Map<String, Whose> tables() throws IOException {
        Map<String, Whose> named = new HashMap<>();
        for (String path : files().filter(Portrait::isTable).toList()) {
            named.putAll(NameTable.read(path, Files.readAllBytes(root.resolve(path))).byFile());
        }
        return named;
    }

    private List<String> pictures() throws IOException {
        return files().filter(Portrait::isPicture).sorted().toList();
    }

    private Stream<String> files() throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .toList()
                    .stream();
        }
    }

    @Override
    public void close() {}
}
