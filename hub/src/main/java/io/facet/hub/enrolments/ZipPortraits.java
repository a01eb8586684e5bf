package io.facet.hub.enrolments;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.enrolments.Portrait.Whose;
import io.facet.hub.enrolments.SpoolFolder.Spooled;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Pictures of an uploaded ZIP file, read from front to back: nothing is unpacked to disk, so no
 * entry's name leads anywhere, and an entry is read up to a picture's limit whatever it claims. The
 * whole may expand to a hundred times its size and no further.
 */
record ZipPortraits(Spooled file, int imageBytes) implements PortraitSource {
    private static final int EXPANSION = 100;
    private static final long LEAST_EXPANDED = 1L << 30;
    private static final int MOST_ENTRIES = 2 * EnrolmentService.MOST_PICTURES;

    /** Takes one entry; false ends the reading. */
    private interface EntryVisitor {
        boolean entry(String path, InputStream in) throws IOException;
    }

    @Override
    public int count() throws IOException {
        int[] count = {0};
        entries((path, _) -> {
            count[0] += Portrait.isPicture(path) ? 1 : 0;
            return true;
        });
        return count[0];
    }

    @Override
    public void visit(Portrait.Visitor visitor) throws IOException {
        Map<String, Whose> named = tables();
        entries((path, in) -> {
            if (!Portrait.isPicture(path)) {
                return true;
            }
            if (!named.isEmpty() && !named.containsKey(path)) {
                return visitor.unreadable(
                        path, ErrorCode.INVALID_ARGUMENT.wireName(), "the table does not name it");
            }
            byte[] image = in.readNBytes(imageBytes + 1);
            if (image.length > imageBytes) {
                return visitor.unreadable(
                        path,
                        ErrorCode.IMAGE_TOO_LARGE.wireName(),
                        "a picture has at most " + imageBytes + " bytes");
            }
            Whose whose =
                    named.getOrDefault(path, new Whose(Portrait.nameOf(path), Optional.empty()));
            return visitor.picture(new Portrait(path, whose, image));
        });
    }

    private Map<String, Whose> tables() throws IOException {
        Map<String, Whose> named = new HashMap<>();
        entries((path, in) -> {
            if (Portrait.isTable(path)) {
                byte[] table = in.readNBytes(NameTable.MOST_BYTES + 1);
                if (table.length > NameTable.MOST_BYTES) {
                    throw bomb();
                }
                named.putAll(NameTable.read(path, table).byFile());
            }
            return true;
        });
        return named;
    }

    private void entries(EntryVisitor visitor) throws IOException {
        long most = Math.max(LEAST_EXPANDED, EXPANSION * java.nio.file.Files.size(file.file()));
        int entries = 0;
        try (Counted counted = new Counted(new ZipInputStream(file.open()), most)) {
            ZipEntry entry = counted.zip.getNextEntry();
            if (entry == null) {
                throw noZip();
            }
            while (entry != null) {
                entries++;
                if (entries > MOST_ENTRIES) {
                    throw bomb();
                }
                if (!entry.isDirectory()
                        && !visitor.entry(entry.getName().replace('\\', '/'), counted)) {
                    return;
                }
                counted.rest();
                entry = counted.zip.getNextEntry();
            }
        } catch (ZipException | IllegalArgumentException malformed) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "the upload is a damaged ZIP file", malformed);
        }
    }

    private static FacetException noZip() {
        return new FacetException(ErrorCode.INVALID_ARGUMENT, "the upload is no ZIP file");
    }

    private static FacetException bomb() {
        return new FacetException(
                ErrorCode.REQUEST_TOO_LARGE,
                "the ZIP file expands to more than any collection of pictures");
    }

    /** Counts what all entries together expand to. */
    private static final class Counted extends InputStream {
        private final ZipInputStream zip;
        private long left;

        Counted(ZipInputStream zip, long most) {
            this.zip = zip;
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = zip.read(target, offset, length);
            left -= Math.max(0, count);
            if (left < 0) {
                throw bomb();
            }
            return count;
        }

        /** Passes over what is left of an entry, counting it. */
        void rest() throws IOException {
            byte[] buffer = new byte[1 << 16];
            while (read(buffer, 0, buffer.length) >= 0) {
                // Counted as it goes.
            }
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }

    @Override
    public void close() {
        file.delete();
    }
}
