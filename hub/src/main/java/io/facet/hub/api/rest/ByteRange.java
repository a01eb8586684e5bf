package io.facet.hub.api.rest;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a file is wanted, by Range and If-Range (RFC 9110). Several ranges at once, and other
 * units, are passed over, as the standard permits: the answer is the whole.
 */
sealed interface ByteRange {
    /** All of it. */
    record Whole() implements ByteRange {}

    /** Bytes {@code from} to {@code to}, both included. */
    record Part(long from, long to) implements ByteRange {
        long length() {
            return to - from + 1;
        }
    }

    /** Beyond its end. */
    record Beyond() implements ByteRange {}

    Pattern FORM = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /**
     * What a request asks for.
     *
     * @param etag of the file as it is; another one in If-Range asks for the whole
     */
    static ByteRange of(ServerRequest request, String etag, long size) {
        Optional<String> range = request.headers().first(HeaderNames.RANGE);
        boolean same = request.headers().first(HeaderNames.IF_RANGE).map(etag::equals).orElse(true);
        return range.filter(_ -> same)
                .map(text -> parse(text.replace(" ", ""), size))
                .orElseGet(Whole::new);
    }

    /** Reads the header. */
    static ByteRange parse(String range, long size) {
        Matcher matcher = FORM.matcher(range);
        if (!matcher.matches() || range.equals("bytes=-")) {
            return new Whole();
        }
        String from = matcher.group(1);
        String to = matcher.group(2);
        if (from.isEmpty()) {
            long last = Long.parseLong(to);
            return last == 0 || size == 0
                    ? new Beyond()
                    : new Part(Math.max(0, size - last), size - 1);
        }
        long first = Long.parseLong(from);
        long end = to.isEmpty() ? size - 1 : Math.min(Long.parseLong(to), size - 1);
        if (!to.isEmpty() && Long.parseLong(to) < first) {
            return new Whole();
        }
        return first >= size ? new Beyond() : new Part(first, end);
    }
}
