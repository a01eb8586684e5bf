package io.facet.hub.audit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Ids of what an entry is about, as they are found: what is no id is left out, so that no name or
 * address gets into the log, and of a thousand and more the first thousand stay. Not thread-safe.
 */
public final class AuditSubjects {
    private static final int MOST = 1000;
    private static final Pattern ID =
            Pattern.compile(
                    "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|f[kdsuj]_[A-Za-z0-9_-]{8}|[0-9a-f]{64}");

    private final Set<String> found = new LinkedHashSet<>();

    /** Remembers a text if it is an id. */
    public void add(String text) {
        if (found.size() < MOST && ID.matcher(text).matches()) {
            found.add(text);
        }
    }

    /** Those found so far, each once. */
    public List<String> ids() {
        return List.copyOf(found);
    }
}
