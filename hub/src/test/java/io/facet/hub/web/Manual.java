package io.facet.hub.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The calls that docs/api.md has in its tables. */
final class Manual {
    private static final Pattern CALL = Pattern.compile("`([A-Z]+)?(?: ?(/[^` ]+))?`");

    private Manual() {}

    /** {@code METHOD PATH} of each, in the order of the manual. */
    static List<String> calls(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .takeWhile(line -> !line.equals("## Socket.IO"))
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> row(line.split("\\|", 3)[1]).stream())
                .toList();
    }

    /** Such as: `GET`, `DELETE /a`, `/b`. Methods without a path are of the next one. */
    private static List<String> row(String cell) {
        List<String> calls = new ArrayList<>();
        List<String> methods = new ArrayList<>();
        boolean used = false;
        Matcher each = CALL.matcher(cell);
        while (each.find()) {
            if (each.group(1) != null) {
                if (used) {
                    methods.clear();
                    used = false;
                }
                methods.add(each.group(1));
            }
            if (each.group(2) != null) {
                methods.forEach(method -> calls.add(method + " " + each.group(2)));
                used = true;
            }
        }
        return calls;
    }
}
