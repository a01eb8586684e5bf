package io.facet.hub.security;

import io.facet.config.Secret;
import io.facet.model.SiteScope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The API keys of people and programs. Thread-safe. */
public interface ApiKeys {
    /** Makes a key; its text is shown this once. */
    Issued issue(Wish wish);

    /** As above, for a key without an end. */
    default Issued issue(String name, Role role, SiteScope sites) {
        return issue(new Wish(name, role, sites, Optional.empty()));
    }

    /** What a key is to be. */
    record Wish(String name, Role role, SiteScope sites, Optional<Instant> expiresAt) {}

    /** Every key but those of boxes, oldest first. */
    List<ApiKey> list();

    /** Ends a key and the sessions opened with it; false when there is none with this prefix. */
    boolean revoke(String prefix);

    /** A new key. */
    record Issued(Secret key, ApiKey description) {}

    /**
     * A key as it may be shown.
     *
     * @param prefix its first characters, which name it
     */
    record ApiKey(
            String prefix,
            String name,
            Role role,
            SiteScope sites,
            Instant createdAt,
            Optional<Instant> expiresAt,
            Optional<Instant> lastUsedAt,
            Optional<Instant> revokedAt) {}
}
