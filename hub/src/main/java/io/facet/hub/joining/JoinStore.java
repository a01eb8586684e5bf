package io.facet.hub.joining;

import io.facet.model.AgentId;
import io.facet.model.SiteId;
import io.facet.pki.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tokens and certificates at rest; tokens as hashes. Thread-safe. */
public interface JoinStore {
    /**
     * A token.
     *
     * @param agent whom it is for, or who joined with it
     * @param usedBy the key of the box that joined with it
     */
    record Token(
            String id,
            SiteId site,
            Optional<AgentId> agent,
            String createdBy,
            Instant createdAt,
            Instant expiresAt,
            Optional<Instant> usedAt,
            Optional<Fingerprint> usedBy) {}

    /** A certificate in force, of a box there is. */
    record Holder(AgentId agent, SiteId site, Instant expiresAt) {}

    /** A certificate by serial number. */
    record Certificate(String serial, AgentId agent, Instant expiresAt) {}

    void addToken(byte[] hash, Token token);

    Optional<Token> token(byte[] hash);

    /** Newest first. */
    List<Token> tokens();

    /** Deletes an unused token; false when there is none. */
    boolean withdraw(String id);

    /** Uses a token up; false when somebody else did meanwhile. */
    boolean use(String id, AgentId agent, Fingerprint key, Instant at);

    /** Nobody gets the answer once more for a token that a box of this name joined with. */
    void forgetUses(AgentId agent);

    void addCertificate(Certificate certificate, Instant at);

    /** Who holds a certificate that was not revoked; it may have ended. */
    Optional<Holder> holder(String serial);

    /** Revokes a box's certificates but for one; those that were. */
    List<String> revoke(AgentId agent, Optional<String> kept, Instant at);

    /** Certificates that were neither revoked nor ended, of boxes there are. */
    List<Certificate> inForce(Instant now);

    /** Forgets tokens and certificates that ended before. */
    void forget(Instant endedBefore);
}
