package io.facet.cli.client;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Pictures with the names of those they show, from a folder, a ZIP file or a CSV table.
 *
 * <p>In a folder or ZIP the name is the picture's own folder, or for a picture at the top its file
 * name without a trailing number ({@code Ada_Lovelace_2.jpg}); underscores read as spaces. A CSV
 * has the columns {@code name,file}, files relative to the table.
 */
final class Portraits {
    private static final Pattern PICTURE =
            Pattern.compile(".*\\.(jpe?g|png|webp|bmp)", Pattern.CASE_INSENSITIVE);
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private Portraits() {}

    /** Takes one picture: whose it is, which file, and the file's bytes. */
    @FunctionalInterface
    interface Visitor {
        void portrait(String name, String file, byte[] image);

        /** A picture that a folder or table names cannot be read. */
        default void unreadable(String file, IOException why) {
            throw new UncheckedIOException(why);
        }
    }

    /** Hands every picture to {@code each}, one in memory at a time. */
    static void forEach(Path source, Visitor each) {
        try {
            if (Files.isDirectory(source)) {
                folder(source, each);
            } else if (lower(source).endsWith(".zip")) {
                zip(source, each);
            } else if (lower(source).endsWith(".csv")) {
                table(source, each);
            } else {
                throw new FacetException(
                        ErrorCode.INVALID_ARGUMENT,
                        source + " is no folder, .zip or .csv with pictures to enrol");
            }
        } catch (IOException | UncheckedIOException unreadable) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    source + " cannot be read: " + unreadable.getMessage(),
                    unreadable);
        }
    }

    /** How many pictures a folder or table names; -1 where counting means reading all. */
    static int count(Path source) {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(source)) {
            try (Stream<Path> walk = Files.walk(source)) {
                walk.filter(Portraits::isPicture).forEach(files::add);
                return files.size();
            } catch (IOException | UncheckedIOException unreadable) {
                return -1;
            }
        }
        return -1;
    }

    private static void folder(Path root, Visitor each) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root)) {
            files = walk.filter(Portraits::isPicture).sorted(Comparator.naturalOrder()).toList();
        }
        for (Path file : files) {
            String path = root.relativize(file).toString();
            read(nameOf(path), path, file, each);
        }
    }

    private static void zip(Path file, Visitor each) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory() && PICTURE.matcher(entry.getName()).matches()) {
                    each.portrait(nameOf(entry.getName()), entry.getName(), bounded(in, entry));
                }
            }
        }
    }

    /** Reads an entry whatever size it claims, up to a bound: a ZIP may expand a thousandfold. */
    private static byte[] bounded(InputStream in, ZipEntry entry) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new IOException(entry.getName() + " expands to over 64 MiB");
        }
        return bytes;
    }

    private static void table(Path csv, Visitor each) throws IOException {
        int line = 0;
        for (String row : Files.readAllLines(csv)) {
            line++;
            int comma = row.lastIndexOf(',');
            if (row.isBlank() || (line == 1 && row.strip().equalsIgnoreCase("name,file"))) {
                continue;
            }
            if (comma < 1) {
                throw new IOException("line " + line + " is not name,file");
            }
            String file = unquoted(row.substring(comma + 1));
            read(unquoted(row.substring(0, comma)), file, csv.resolveSibling(file), each);
        }
    }

    private static void read(String name, String path, Path file, Visitor each) {
        byte[] image;
        try {
            image = Files.readAllBytes(file);
        } catch (IOException why) {
            each.unreadable(path, why);
            return;
        }
        each.portrait(name, path, image);
    }

    private static String unquoted(String cell) {
        String text = cell.strip();
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
                : text;
    }

    static String nameOf(String path) {
        String unix = path.replace('\\', '/');
        int slash = unix.lastIndexOf('/');
        String name;
        if (slash > 0) {
            name = unix.substring(unix.lastIndexOf('/', slash - 1) + 1, slash);
        } else {
            name = unix.replaceFirst("\\.[^.]+$", "").replaceFirst("[ _-]*\\d+$", "");
        }
        return name.replace('_', ' ').strip();
    }

    static boolean isPictureName(String name) {
        return PICTURE.matcher(name).matches();
    }

    private static boolean isPicture(Path file) {
        return Files.isRegularFile(file) && PICTURE.matcher(file.toString()).matches();
    }

    private static String lower(Path path) {
        return path.toString().toLowerCase(Locale.ROOT);
    }
}
