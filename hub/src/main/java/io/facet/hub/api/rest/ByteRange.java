package io.facet.hub.api.rest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file that a client asked for (RFC 9110, 14): of several parts, or in units unknown,
 * none, which means the whole.
 *
 * @param first offset of the first byte
 * @param last offset of the last byte; below {@code first} when there is no such part
 */
record ByteRange(int first, int last) {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** Reads the header, for a file of so many bytes. */
    static Optional<ByteRange> of(String header, int length) {
        Matcher parts = ONE.matcher(header.replace(" ", ""));
        if (!parts.matches() || (parts.group(1).isEmpty() && parts.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (parts.group(1).isEmpty()) {
            long count = Long.parseLong(parts.group(2));
            return Optional.of(
                    new ByteRange((int) Math.max(0, length - count), count == 0 ? -1 : length - 1));
        }
        long first = Long.parseLong(parts.group(1));
        long last = parts.group(2).isEmpty() ? length - 1 : Long.parseLong(parts.group(2));
        if (last < first && !parts.group(2).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new ByteRange((int) Math.min(first, length), (int) Math.min(last, length - 1L)));
    }

    /** Whether the file has such a part. */
    boolean isThere() {
        return first <= last;
    }
}
