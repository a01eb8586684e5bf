package io.facet.config;

import java.util.Comparator;
import java.util.List;

/** Finds what somebody probably meant. */
final class Suggestions {
    private Suggestions() {}

    /** {@code ; did you mean "x"?}, or the choices when nothing is near. */
    static String didYouMean(String wrong, List<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(k -> distance(wrong, k)))
                .filter(k -> distance(wrong, k) <= Math.max(2, wrong.length() / 3))
                .map(k -> "; did you mean \"" + k + "\"?")
                .orElse("; known here: " + String.join(", ", known));
    }

    /** Levenshtein distance by the two-row method. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
