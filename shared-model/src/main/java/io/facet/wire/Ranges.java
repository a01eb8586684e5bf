package io.facet.wire;

/** Checks numbers that came over the wire. Stateless. */
final class Ranges {
    private Ranges() {}

    static float check(String field, float value, float min, float max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(
                    field + " is " + min + " to " + max + ", not " + value);
        }
        return value;
    }

    static int check(String field, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    field
                            + " is "
                            + min
                            + " to "
                            + max
                            + ", not "
                            + Integer.toUnsignedString(value));
        }
        return value;
    }
}
