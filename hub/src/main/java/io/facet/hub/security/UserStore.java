package io.facet.hub.security;

import io.facet.model.SiteScope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Users, their sessions and their tokens at rest. Thread-safe. */
public interface UserStore {
    /** A user's password hash; empty for one who signs in elsewhere. */
    record Account(User user, Optional<String> passwordHash) {}

    /** A session of the page. */
    record Session(User user, Instant lastUsedAt, Instant expiresAt) {}

    /**
     * A token that renews.
     *
     * @param family all tokens that came of one sign-in
     * @param used whether it was exchanged before
     * @param revoked whether its family ended
     */
    record Refresh(UUID family, UserId user, Instant expiresAt, boolean used, boolean revoked) {}

    /**
     * Adds a user.
     *
     * @throws io.facet.error.FacetException {@code ALREADY_EXISTS}
     */
    void add(User user, Optional<String> passwordHash);

    Optional<User> byId(UserId id);

    Optional<Account> byName(String username);

    Optional<User> byExternal(User.External external);

    /** Everybody, by name. */
    List<User> list();

    /** Stores role, sites and whether disabled; false when there is no such user. */
    boolean update(User user);

    /** Stores role and sites alone. */
    void grant(UserId id, Role role, SiteScope sites);

    /** Stores a password and ends every session and token of the user. */
    void password(UserId id, String hash);

    void signedIn(UserId id, Instant at);

    /** Deletes the user with sessions and tokens; false when there is none. */
    boolean remove(UserId id);

    /** Ends every session and token. */
    void endAll(UserId id);

    /** Replaces a name's lock-out in one step; what it was before. */
    LockOut attempt(byte[] nameDigest, Instant now, UnaryOperator<LockOut> next);

    void forgive(byte[] nameDigest);

    void addSession(byte[] hash, UserId user, Instant at, Instant expiresAt);

    Optional<Session> session(byte[] hash);

    void sessionUsed(byte[] hash, Instant at);

    void endSession(byte[] hash);

    /** Starts a family of tokens. */
    void addFamily(UUID family, UserId user, Instant at);

    void addRefresh(byte[] hash, UUID family, Instant at, Instant expiresAt);

    Optional<Refresh> refresh(byte[] hash);

    /** Marks a token as exchanged; false when somebody else was first. */
    boolean useRefresh(byte[] hash, Instant at);

    void revokeFamily(UUID family, Instant at);

    /** Whose family this is, while it is in force. */
    Optional<User> family(UUID family);

    /** Deletes what ended before. */
    void forget(Instant endedBefore);
}
