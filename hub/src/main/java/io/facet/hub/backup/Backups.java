package io.facet.hub.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.crypto.KeyFile;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A backup is an encrypted ZIP: manifest.json, tables/NAME as PostgreSQL's text copy, files/NAME.
 * The master key is never in it. Stateless.
 */
public final class Backups {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int FORMAT = 1;

    private Backups() {}

    /** Where a table's rows go to. */
    public interface TableSink {
        void table(String name, RowsTo rows) throws IOException;
    }

    /** Writes rows as text. */
    @FunctionalInterface
    public interface RowsTo {
        void write(OutputStream out) throws IOException;
    }

    /** A database as this package sees it. */
    public interface Source {
        /** The version of its schema. */
        String schema();

        /** Every table at one moment. */
        void copy(TableSink sink) throws IOException;
    }

    /** A database that is to be filled. */
    public interface Target {
        /** Makes the schema of a backup's version. */
        void prepare(String schema);

        void fill(String table, InputStream rows) throws IOException;

        /** Everything is filled in: brings the schema up to date. */
        void complete();
    }

    /**
     * Writes a backup; the file appears whole or not at all.
     *
     * @param files small files that belong to it, already encrypted by the master key
     * @return names of the tables in it
     */
    public static List<String> write(Path file, BackupKey key, Source source, List<Path> files) {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            List<String> tables = new ArrayList<>();
            Files.deleteIfExists(temporary);
            Files.createFile(
                    temporary,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            try (OutputStream raw = Files.newOutputStream(temporary, StandardOpenOption.WRITE);
                    OutputStream sealed =
                            SealedFile.writer(
                                    new BufferedOutputStream(raw, 1 << 17),
                                    key,
                                    new SecureRandom());
                    ZipOutputStream zip = new ZipOutputStream(sealed)) {
                manifest(zip, source.schema());
                for (Path extra : files) {
                    zip.putNextEntry(new ZipEntry("files/" + extra.getFileName()));
                    Files.copy(extra, zip);
                    zip.closeEntry();
                }
                source.copy((name, rows) -> {
                    tables.add(name);
                    zip.putNextEntry(new ZipEntry("tables/" + name));
                    rows.write(new Unclosed(zip));
                    zip.closeEntry();
                });
            }
            sync(temporary);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            return tables;
        } catch (IOException failure) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE, "the backup " + file + " was not written", failure);
        }
    }

    private static void manifest(ZipOutputStream zip, String schema) throws IOException {
        ObjectNode manifest = JSON.createObjectNode();
        manifest.put("format", FORMAT);
        manifest.put("schema", schema);
        zip.putNextEntry(new ZipEntry("manifest.json"));
        zip.write(JSON.writeValueAsBytes(manifest));
        zip.closeEntry();
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /**
     * Reads a backup into an empty database and folder.
     *
     * @throws FacetException {@code INVALID_ARGUMENT} for a damaged file or a wrong key
     */
    public static void read(Path file, BackupKey key, Target target, Path folder) {
        try (InputStream raw = Files.newInputStream(file);
                InputStream open = SealedFile.reader(new BufferedInputStream(raw, 1 << 17), key);
                ZipInputStream zip = new ZipInputStream(open)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                if (name.equals("manifest.json")) {
                    target.prepare(schema(zip));
                } else if (name.startsWith("tables/")) {
                    target.fill(name.substring("tables/".length()), new Unclosing(zip));
                } else if (name.matches("files/[a-z.]+")) {
                    KeyFile.write(
                            folder.resolve(name.substring("files/".length())), zip.readAllBytes());
                }
            }
            // Reading on proves that the file was not cut off.
            open.transferTo(OutputStream.nullOutputStream());
            target.complete();
        } catch (IOException failure) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "the backup " + file + " cannot be read", failure);
        }
    }

    private static String schema(InputStream in) throws IOException {
        JsonNode manifest = JSON.readTree(in.readAllBytes());
        if (manifest.path("format").asInt() != FORMAT) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "this backup was made by a newer Facet; restore it with that one");
        }
        return manifest.path("schema").asText();
    }

    /** A writer's end is not the ZIP's. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() {}
    }

    /** A reader's end is not the ZIP's. */
    private static final class Unclosing extends FilterInputStream {
        Unclosing(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }
}
