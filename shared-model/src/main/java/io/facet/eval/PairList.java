package io.facet.eval;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A pairs file in the layout of Labeled Faces in the Wild: a first line with the number of sets and
 * of pairs per kind and set (or with the latter alone, for one set), then for each set that many
 * matched pairs {@code name n1 n2} and that many mismatched ones {@code name1 n1 name2 n2}. Picture
 * n of a person is {@code name/name_000n.jpg}.
 */
public record PairList(List<List<Pair>> sets) {
    /** Two pictures and whether they show one person; paths are relative to the image folder. */
    public record Pair(Path first, Path second, boolean same) {}

    public PairList {
        sets = sets.stream().map(List::copyOf).toList();
    }

    /** Every picture that is in a pair, once. */
    public Set<Path> pictures() {
        Set<Path> pictures = new LinkedHashSet<>();
        for (List<Pair> set : sets) {
            for (Pair pair : set) {
                pictures.add(pair.first);
                pictures.add(pair.second);
            }
        }
        return pictures;
    }

    /**
     * Reads a file.
     *
     * @throws FacetException INVALID_ARGUMENT with the line that is wrong
     */
    public static PairList read(Path file) {
        try {
            return parse(Files.readAllLines(file));
        } catch (IOException unreadable) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "cannot read the pairs file " + file, unreadable);
        }
    }

    /** Reads the lines of a file. */
    static PairList parse(List<String> lines) {
        String[] header = lines.isEmpty() ? new String[0] : fields(lines.getFirst());
        if (header.length < 1 || header.length > 2) {
            throw wrong(1, "it says how many sets there are and how many pairs each has");
        }
        int count = header.length == 2 ? number(header[0], 1) : 1;
        int each = number(header[header.length - 1], 1);
        if (lines.size() < 1 + 2L * count * each) {
            throw wrong(lines.size(), "the first line announces more pairs");
        }
        List<List<Pair>> sets = new ArrayList<>();
        for (int set = 0; set < count; set++) {
            List<Pair> pairs = new ArrayList<>();
            for (int i = 0; i < 2 * each; i++) {
                int at = 1 + set * 2 * each + i;
                pairs.add(pair(fields(lines.get(at)), i < each, at + 1));
            }
            sets.add(pairs);
        }
        return new PairList(sets);
    }

    private static Pair pair(String[] f, boolean same, int line) {
        if (f.length != (same ? 3 : 4)) {
            throw wrong(line, same ? "a matched pair is NAME N1 N2" : "one is NAME1 N1 NAME2 N2");
        }
        return same
                ? new Pair(
                        picture(f[0], number(f[1], line)), picture(f[0], number(f[2], line)), true)
                : new Pair(
                        picture(f[0], number(f[1], line)),
                        picture(f[2], number(f[3], line)),
                        false);
    }

    private static Path picture(String name, int number) {
        return Path.of(name, String.format(Locale.ROOT, "%s_%04d.jpg", name, number));
    }

    private static String[] fields(String line) {
        return line.strip().split("\\s+", -1);
    }

    private static int number(String text, int line) {
        try {
            int number = Integer.parseInt(text);
            if (number < 1) {
                throw wrong(line, number + " is not 1 or more");
            }
            return number;
        } catch (NumberFormatException notOne) {
            throw wrong(line, "'" + text + "' is no number");
        }
    }

    private static FacetException wrong(int line, String what) {
        return new FacetException(
                ErrorCode.INVALID_ARGUMENT, "line " + line + " of the pairs file: " + what);
    }
}
