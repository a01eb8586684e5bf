package io.facet.hub.backup;

import io.facet.crypto.KeyFile;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.error.FullDisk;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A backup is an encrypted ZIP: manifest.json, tables/NAME as PostgreSQL's text copy, files/NAME.
 * The master key is never in it, only its name. Stateless.
 */
public final class Backups {
    private Backups() {}

    /** Where a database's rows go to. */
    public interface Sink {
        /** Once, before the first table. */
        void begin(Manifest manifest) throws IOException;

        void table(String name, RowsTo rows) throws IOException;
    }

    /** Writes rows as text. */
    @FunctionalInterface
    public interface RowsTo {
        void write(OutputStream out) throws IOException;
    }

    /** A database as this package sees it. */
    @FunctionalInterface
    public interface Source {
        /** Every table at one moment. */
        void copy(Sink sink) throws IOException;
    }

    /** Is told how far it is: the table at hand, and bytes of all tables so far. Called often. */
    @FunctionalInterface
    public interface Watcher {
        void at(String table, long bytes);
    }

    /** A database that is to be filled. */
    public interface Target {
        /**
         * Makes the schema of a backup's version.
         *
         * @throws FacetException {@code CONFLICT} when a hub's data is in it
         */
        void prepare(String schema);

        /** Fills in every table, or none when a row source or the database fails. */
        void fill(Tables tables) throws IOException;

        /** Everything is filled in: brings the schema up to date. */
        void complete();
    }

    /** The tables of a backup, in an order in which they can be filled. */
    @FunctionalInterface
    public interface Tables {
        void each(TableReader reader) throws IOException;
    }

    /** Takes the rows of one table. */
    @FunctionalInterface
    public interface TableReader {
        void rows(String table, InputStream rows) throws IOException;
    }

    /**
     * Writes a backup; the file appears whole or not at all, in place of one that was there.
     *
     * @param files small files that belong to it, already encrypted by the master key
     * @return names of the tables in it
     */
    public static List<String> write(
            Path file, BackupKey key, Source source, List<Path> files, Watcher watcher) {
        Path whole = newFile(file);
        Path temporary = whole.resolveSibling("." + whole.getFileName() + ".part");
        try {
            Files.deleteIfExists(temporary);
            Files.createFile(
                    temporary,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            List<String> tables = writeTo(temporary, key, source, files, watcher);
            sync(temporary);
            Files.move(temporary, whole, StandardCopyOption.ATOMIC_MOVE);
            return tables;
        } catch (IOException failure) {
            throw notWritten(file, failure);
        } catch (UncheckedIOException failure) {
            throw notWritten(file, failure);
        } finally {
            deleteQuietly(temporary);
        }
    }

    /** Said before the database is looked for. */
    private static Path newFile(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        Path folder = whole.getParent();
        if (folder == null || Files.isDirectory(whole)) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, file + " is a folder; name a file in it");
        }
        if (!Files.isDirectory(folder)) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "there is no folder " + folder + "; make it first");
        }
        return whole;
    }

    private static List<String> writeTo(
            Path temporary, BackupKey key, Source source, List<Path> files, Watcher watcher)
            throws IOException {
        try (OutputStream raw = Files.newOutputStream(temporary, StandardOpenOption.WRITE);
                OutputStream sealed =
                        SealedFile.writer(
                                new BufferedOutputStream(raw, 1 << 17), key, new SecureRandom());
                ZipOutputStream zip = new ZipOutputStream(sealed)) {
            ZipSink sink = new ZipSink(zip, files, watcher);
            source.copy(sink);
            return sink.tables;
        }
    }

    private static FacetException notWritten(Path file, Exception failure) {
        boolean full = FullDisk.said(String.valueOf(failure.getMessage()));
        return new FacetException(
                full ? ErrorCode.DISK_FULL : ErrorCode.UNAVAILABLE,
                full
                        ? "the disk of " + file + " is full; nothing was written"
                        : "the backup " + file + " was not written: " + failure.getMessage(),
                failure);
    }

    private static void deleteQuietly(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException ignored) {
            // The failure that led here is the one to tell.
        }
    }

    /** The ZIP that is being written. */
    private static final class ZipSink implements Sink {
        private final ZipOutputStream zip;
        private final List<Path> files;
        private final Watcher watcher;
        private final List<String> tables = new ArrayList<>();
        private long bytes;

        ZipSink(ZipOutputStream zip, List<Path> files, Watcher watcher) {
            this.zip = zip;
            this.files = files;
            this.watcher = watcher;
        }

        @Override
        public void begin(Manifest manifest) throws IOException {
            zip.putNextEntry(new ZipEntry(Manifest.NAME));
            zip.write(manifest.toJson());
            zip.closeEntry();
            for (Path extra : files) {
                zip.putNextEntry(new ZipEntry("files/" + extra.getFileName()));
                Files.copy(extra, zip);
                zip.closeEntry();
            }
        }

        @Override
        public void table(String name, RowsTo rows) throws IOException {
            tables.add(name);
            zip.putNextEntry(new ZipEntry("tables/" + name));
            rows.write(
                    new Unclosed(
                            zip,
                            more -> {
                                bytes += more;
                                watcher.at(name, bytes);
                            }));
            zip.closeEntry();
        }
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /**
     * Reads a backup to its end, so that nothing is begun with one that is damaged.
     *
     * @throws FacetException {@code INVALID_ARGUMENT} for a damaged file or a wrong key
     */
    public static Manifest check(Path file, BackupKey key) {
        return reading(
                file,
                key,
                (zip, sealed) -> {
                    ZipEntry first = zip.getNextEntry();
                    if (first == null || !first.getName().equals(Manifest.NAME)) {
                        throw new IOException("it does not begin with its manifest");
                    }
                    Manifest manifest = Manifest.read(zip.readAllBytes());
                    // Reading on proves that the file was not cut off.
                    sealed.transferTo(OutputStream.nullOutputStream());
                    return manifest;
                });
    }

    /**
     * Reads a backup into an empty database and folder.
     *
     * @return how many tables
     * @throws FacetException {@code INVALID_ARGUMENT} for a damaged file or a wrong key
     */
    public static int read(Path file, BackupKey key, Target target, Path folder, Watcher watcher) {
        return reading(
                file,
                key,
                (zip, _) -> {
                    int[] count = {0};
                    target.fill(reader -> count[0] = entries(zip, reader, folder, watcher));
                    return count[0];
                });
    }

    private static int entries(ZipInputStream zip, TableReader reader, Path folder, Watcher watcher)
            throws IOException {
        int tables = 0;
        long[] bytes = {0};
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            String name = entry.getName();
            if (name.startsWith("tables/")) {
                String table = name.substring("tables/".length());
                tables++;
                reader.rows(
                        table,
                        new Unclosing(
                                zip,
                                more -> {
                                    bytes[0] += more;
                                    watcher.at(table, bytes[0]);
                                }));
            } else if (name.matches("files/[a-z.]+")) {
                KeyFile.write(
                        folder.resolve(name.substring("files/".length())), zip.readAllBytes());
            }
        }
        return tables;
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(ZipInputStream zip, InputStream sealed) throws IOException;
    }

    private static <T> T reading(Path file, BackupKey key, Reading<T> reading) {
        if (!Files.isRegularFile(file)) {
            throw new FacetException(ErrorCode.INVALID_ARGUMENT, "there is no backup " + file);
        }
        try (InputStream raw = Files.newInputStream(file);
                InputStream open = SealedFile.reader(new BufferedInputStream(raw, 1 << 17), key);
                ZipInputStream zip = new ZipInputStream(open)) {
            return reading.read(zip, open);
        } catch (IOException failure) {
            throw unreadable(file, failure);
        } catch (UncheckedIOException failure) {
            throw unreadable(file, failure);
        }
    }

    private static FacetException unreadable(Path file, Exception failure) {
        return new FacetException(
                ErrorCode.INVALID_ARGUMENT,
                "the backup " + file + " cannot be read: " + failure.getMessage(),
                failure);
    }

    /** A writer's end is not the ZIP's. */
    private static final class Unclosed extends FilterOutputStream {
        private final IntConsumer counter;

        Unclosed(OutputStream out, IntConsumer counter) {
            super(out);
            this.counter = counter;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            counter.accept(length);
        }

        @Override
        public void close() {}
    }

    /** A reader's end is not the ZIP's. */
    private static final class Unclosing extends FilterInputStream {
        private final IntConsumer counter;

        Unclosing(InputStream in, IntConsumer counter) {
            super(in);
            this.counter = counter;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int got = in.read(into, offset, length);
            counter.accept(Math.max(got, 0));
            return got;
        }

        @Override
        public void close() {}
    }
}
