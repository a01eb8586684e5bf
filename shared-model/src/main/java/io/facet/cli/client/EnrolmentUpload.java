package io.facet.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.cli.client.EnrollVerb.Result;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Sends pictures to a hub as one ZIP file, packed while it is sent: nothing is written to this
 * machine's disk, and one picture is in memory at a time. Used by one thread.
 */
final class EnrolmentUpload {
    private static final String BOUNDARY = "facet-5d1c3a7e90b24f68";

    private final Path source;
    private final String onDuplicate;
    private final List<Result> left = Collections.synchronizedList(new ArrayList<>());

    EnrolmentUpload(Path source, String onDuplicate) {
        this.source = source;
        this.onDuplicate = onDuplicate;
    }

    /** The job that the hub made of it. */
    JsonNode send(HubClient client) {
        try {
            if (source.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
                try (InputStream zip = Files.newInputStream(source)) {
                    return post(client, zip);
                }
            }
            return packed(client);
        } catch (IOException unreadable) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    source + " cannot be read: " + unreadable.getMessage(),
                    unreadable);
        }
    }

    /** Pictures that were not sent, and why. */
    List<Result> left() {
        return List.copyOf(left);
    }

    private JsonNode packed(HubClient client) throws IOException {
        PipedOutputStream out = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(out, 1 << 16);
        CompletableFuture<Void> packing =
                CompletableFuture.runAsync(
                        () -> pack(out), command -> Thread.ofVirtual().start(command));
        try {
            return post(client, new UntilPacked(in, packing));
        } catch (FacetException failed) {
            // What could not be read is the cause where the line broke off.
            in.close();
            rethrow(packing);
            throw failed;
        }
    }

    private static void rethrow(CompletableFuture<Void> packing) {
        try {
            packing.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof FacetException told) {
                throw told;
            }
        }
    }

    private void pack(OutputStream out) {
        StringBuilder table = new StringBuilder("name,file\n");
        // A line is always told that the other end is done; UntilPacked knows how it ended.
        try (OutputStream line = out) {
            // Closed on success only: a ZIP file cut short must not look like a whole one.
            ZipOutputStream zip = new ZipOutputStream(line);
            zip.setLevel(Deflater.NO_COMPRESSION);
            Portraits.forEach(source, new Packing(zip, table));
            entry(zip, "facet-names.csv", table.toString().getBytes(StandardCharsets.UTF_8));
            zip.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Puts each picture into the ZIP file, and whatever cannot be there on the list. */
    private final class Packing implements Portraits.Visitor {
        private final ZipOutputStream zip;
        private final StringBuilder table;
        private final Set<String> sent = new HashSet<>();

        Packing(ZipOutputStream zip, StringBuilder table) {
            this.zip = zip;
            this.table = table;
        }

        @Override
        public void portrait(String name, String file, byte[] image) {
            String path = file.replace('\\', '/');
            if (!Portraits.isPictureName(path)) {
                leave(file, "not a .jpg, .png, .webp or .bmp");
            } else if (!sent.add(path)) {
                leave(file, "the table names it twice");
            } else {
                table.append(cell(name)).append(',').append(cell(path)).append('\n');
                entry(zip, path, image);
            }
        }

        @Override
        public void unreadable(String file, IOException why) {
            leave(
                    file,
                    why instanceof NoSuchFileException
                            ? "there is no such file"
                            : "cannot be read: " + why.getMessage());
        }

        private void leave(String file, String why) {
            left.add(new Result(file, ErrorCode.INVALID_ARGUMENT.wireName(), why));
        }
    }

    /** What is packed, to its end: one that packing did not reach is a failure, no end. */
    private static final class UntilPacked extends FilterInputStream {
        private final CompletableFuture<Void> packing;

        UntilPacked(InputStream in, CompletableFuture<Void> packing) {
            super(in);
            this.packing = packing;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int got = super.read(into, offset, length);
            if (got < 0) {
                try {
                    packing.join();
                } catch (CompletionException failure) {
                    throw new IOException("the pictures could not be packed", failure);
                }
            }
            return got;
        }
    }

    private static void entry(ZipOutputStream zip, String path, byte[] content) {
        try {
            zip.putNextEntry(new ZipEntry(path));
            zip.write(content);
            zip.closeEntry();
        } catch (IOException broken) {
            throw new LineBroken(broken);
        }
    }

    /** The hub no longer listens; not to be taken for a picture that cannot be read. */
    private static final class LineBroken extends RuntimeException {
        LineBroken(IOException cause) {
            super(cause);
        }
    }

    private static String cell(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private JsonNode post(HubClient client, InputStream zip) {
        String head =
                "--"
                        + BOUNDARY
                        + "\r\nContent-Disposition: form-data; name=\"on_duplicate\"\r\n\r\n"
                        + onDuplicate
                        + "\r\n--"
                        + BOUNDARY
                        + "\r\nContent-Disposition: form-data; name=\"file\";"
                        + " filename=\"pictures.zip\"\r\nContent-Type: application/zip\r\n\r\n";
        String tail = "\r\n--" + BOUNDARY + "--\r\n";
        List<InputStream> parts = List.of(bytes(head), zip, bytes(tail));
        return client.upload(
                        "/api/v1/enrolments",
                        "multipart/form-data; boundary=" + BOUNDARY,
                        new SequenceInputStream(Collections.enumeration(parts)))
                .orThrow();
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
