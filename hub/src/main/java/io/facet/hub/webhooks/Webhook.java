package io.facet.hub.webhooks;

import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Where events are sent.
 *
 * @param events names of the events wanted; empty means every event
 * @param sites whose events it gets: those of the key it was made with
 * @param active whether it gets anything
 */
public record Webhook(
        UUID id,
        URI url,
        String description,
        Set<String> events,
        SiteScope sites,
        boolean active,
        Instant createdAt) {
    public Webhook {
        events = Set.copyOf(events);
        if (description.length() > 200) {
            throw new IllegalArgumentException("a description has at most 200 characters");
        }
        if (events.size() > 64
                || !events.stream().allMatch(name -> name.matches("[a-z][a-z0-9_]{0,63}"))) {
            throw new IllegalArgumentException(
                    "events are at most 64 names of live events, such as face_recognized");
        }
    }

    boolean wants(String type, Optional<SiteId> site) {
        return active
                && (events.isEmpty() || events.contains(type))
                && site.map(sites::permits).orElse(true);
    }
}
