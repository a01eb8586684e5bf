package io.facet.hub.security;

import io.facet.model.AgentId;
import io.facet.model.SiteScope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keys and sessions at rest, as hashes. Thread-safe. */
public interface CredentialStore {
    /**
     * A key.
     *
     * @param agent the box it belongs to, if to one
     */
    record StoredKey(
            String prefix,
            String name,
            Role role,
            SiteScope sites,
            Optional<AgentId> agent,
            Instant createdAt,
            Optional<Instant> expiresAt,
            Optional<Instant> lastUsedAt,
            Optional<Instant> revokedAt) {
        boolean inForce(Instant now) {
            return expiresAt.filter(end -> !now.isBefore(end)).isEmpty();
        }
    }

    /** A session and the key it was opened with. */
    record StoredSession(StoredKey key, Instant lastUsedAt, Instant expiresAt) {}

    void addKey(byte[] hash, StoredKey key);

    /** A key that was not revoked; it may have expired. */
    Optional<StoredKey> key(byte[] hash);

    /** A key that was not revoked, by the name it may be shown under; it may have expired. */
    Optional<StoredKey> keyNamed(String prefix);

    /** Every key but those of boxes, oldest first. */
    List<StoredKey> keys();

    void keyUsed(String prefix, Instant at);

    /** Revokes a key and deletes its sessions; false when there is none. */
    boolean revoke(String prefix, Instant at);

    void revokeOf(AgentId agent, Instant at);

    /** Boxes with a key that was not revoked. */
    Set<AgentId> boxes();

    void addSession(byte[] hash, String keyPrefix, Instant at, Instant expiresAt);

    /** A session whose key is in force; it may have expired. */
    Optional<StoredSession> session(byte[] hash);

    void sessionUsed(byte[] hash, Instant at);

    void endSession(byte[] hash);

    /** Deletes what ended before. */
    void forgetSessions(Instant endedBefore);
}
