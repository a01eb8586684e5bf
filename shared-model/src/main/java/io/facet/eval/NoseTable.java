package io.facet.eval;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the noses are: a table with a header line and the columns {@code image, nose_x, nose_y},
 * parted by tabs, a row per face. A picture without faces has one row without coordinates.
 *
 * @param noses by file name; pictures without faces have an empty list
 */
record NoseTable(Map<String, List<Point>> noses) {
    /**
     * Reads a file.
     *
     * @throws FacetException INVALID_ARGUMENT with the line that is wrong
     */
    static NoseTable read(Path file) {
        try {
            return parse(Files.readAllLines(file));
        } catch (IOException unreadable) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "cannot read the table " + file, unreadable);
        }
    }

    static NoseTable parse(List<String> lines) {
        Map<String, List<Point>> noses = new LinkedHashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            String[] f = lines.get(i).split("\t", -1);
            if (f.length != 3) {
                throw wrong(i, "has " + f.length + " columns, not 3");
            }
            List<Point> picture = noses.computeIfAbsent(f[0], _ -> new ArrayList<>());
            if (!f[1].isBlank()) {
                picture.add(point(f, i));
            }
        }
        if (noses.isEmpty()) {
            throw wrong(0, "is followed by no picture");
        }
        return new NoseTable(noses);
    }

    private static Point point(String[] f, int line) {
        try {
            return new Point(Float.parseFloat(f[1].strip()), Float.parseFloat(f[2].strip()));
        } catch (NumberFormatException notOne) {
            throw wrong(line, "has no coordinates");
        }
    }

    private static FacetException wrong(int index, String what) {
        return new FacetException(
                ErrorCode.INVALID_ARGUMENT, "line " + (index + 1) + " of the nose table " + what);
    }
}
