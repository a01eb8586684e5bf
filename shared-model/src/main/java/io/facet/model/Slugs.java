package io.facet.model;

import java.util.regex.Pattern;

/** The one form of names that people choose and machines put into topics, paths and labels. */
final class Slugs {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    private Slugs() {}

    static void check(String what, String value) {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    what
                            + " must be 1 to 64 lower-case letters, digits, - or _,"
                            + " beginning with a letter or digit");
        }
    }
}
