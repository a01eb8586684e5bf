package io.facet.hub.idempotency;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom an answer is about, whatever its form: every id that it holds as text, as JSON and protobuf
 * of this hub do. Ids of other things do no harm. Stateless.
 */
final class Mentions {
    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private Mentions() {}

    static Set<UUID> of(byte[] answer) {
        Set<UUID> found = new LinkedHashSet<>();
        Matcher ids = ID.matcher(new String(answer, StandardCharsets.ISO_8859_1));
        while (ids.find()) {
            found.add(UUID.fromString(ids.group()));
        }
        return found;
    }
}
