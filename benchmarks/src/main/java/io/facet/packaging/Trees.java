package io.facet.packaging;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders and all that is in them. Stateless. */
final class Trees {
    private Trees() {}

    /** Copies files, with what the links among them point at. */
    static void copy(Path from, Path to) throws IOException {
        for (Path source : all(from)) {
            Path target = to.resolve(from.relativize(source).toString());
            if (Files.isDirectory(source)) {
                Files.createDirectories(target);
            } else {
                Files.copy(source, target);
                boolean _ = target.toFile().setExecutable(Files.isExecutable(source), false);
            }
        }
    }

    /** Replaces links by what they point at: a release holds files only. */
    static void resolveLinks(Path folder) throws IOException {
        for (Path path : all(folder)) {
            if (Files.isSymbolicLink(path)) {
                Path target = path.toRealPath();
                Files.delete(path);
                Files.copy(target, path);
            }
        }
    }

    /** Bytes of all files. */
    static long size(Path folder) throws IOException {
        long sum = 0;
        for (Path path : all(folder)) {
            sum += Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Files.size(path) : 0;
        }
        return sum;
    }

    /** Removes what is in a folder but files of a kind; those in folders inside it go too. */
    static void keepOnly(Path folder, String ending) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry) || !entry.toString().endsWith(ending)) {
                    delete(entry);
                }
            }
        }
    }

    /** Removes a folder, if there is one. */
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            for (Path path : all(folder).reversed()) {
                Files.delete(path);
            }
        }
    }

    /** Folders before what is in them. */
    private static List<Path> all(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(Comparator.naturalOrder()).toList();
        }
    }
}
