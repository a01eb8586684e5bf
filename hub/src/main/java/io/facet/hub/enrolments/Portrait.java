package io.facet.hub.enrolments;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A picture and whose it is.
 *
 * @param file its place in the source, with forward slashes
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
record Portrait(String file, Whose whose, byte[] image) {
    private static final Pattern PICTURE =
            Pattern.compile(".*\\.(jpe?g|png|webp|bmp)", Pattern.CASE_INSENSITIVE);

    /** Whose picture it is. */
    record Whose(String name, Optional<String> externalId) {}

    /** Takes one picture, or learns that one cannot be read; false ends the visit. */
    interface Visitor {
        boolean picture(Portrait portrait);

        boolean unreadable(String file, String code, String why);
    }

    static boolean isPicture(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        // macOS packs its attributes beside each file.
        return PICTURE.matcher(name).matches()
                && !name.startsWith("._")
                && !path.startsWith("__MACOSX/");
    }

    static boolean isTable(String path) {
        return path.toLowerCase(Locale.ROOT).endsWith(".csv") && !path.startsWith("__MACOSX/");
    }

    /** By the picture's folder, or its file name without a trailing number; _ reads as space. */
    static String nameOf(String path) {
        int slash = path.lastIndexOf('/');
        String name =
                slash > 0
                        ? path.substring(path.lastIndexOf('/', slash - 1) + 1, slash)
                        : path.replaceFirst("\\.[^.]+$", "").replaceFirst("[ _-]*\\d+$", "");
        return name.replace('_', ' ').strip();
    }
}
