package io.facet.update;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of Facet, such as {@code 1.4.2}; one with a suffix, such as {@code 1.4.2-rc1}, comes
 * before the version without it. Immutable.
 */
public record Version(String text) implements Comparable<Version> {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})(?:-([A-Za-z0-9.]{1,32}))?");

    public Version {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a version is three numbers with dots, such as 1.4.2 or 1.4.2-rc1");
        }
    }

    @Override
    public int compareTo(Version other) {
        Matcher mine = parts();
        Matcher theirs = other.parts();
        for (int i = 1; i <= 3; i++) {
            int order =
                    Integer.compare(
                            Integer.parseInt(mine.group(i)), Integer.parseInt(theirs.group(i)));
            if (order != 0) {
                return order;
            }
        }
        return compareSuffixes(mine.group(4), theirs.group(4));
    }

    private static int compareSuffixes(
            @org.jspecify.annotations.Nullable String mine,
            @org.jspecify.annotations.Nullable String theirs) {
        if (mine == null || theirs == null) {
            return Boolean.compare(mine == null, theirs == null);
        }
        return mine.compareTo(theirs);
    }

    private Matcher parts() {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalStateException(text);
        }
        return matcher;
    }

    @Override
    public String toString() {
        return text;
    }
}
