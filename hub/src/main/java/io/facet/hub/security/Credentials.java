package io.facet.hub.security;

import io.facet.config.Secret;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.devices.DeviceKeys;
import io.facet.hub.security.CredentialStore.StoredKey;
import io.facet.hub.security.CredentialStore.StoredSession;
import io.facet.model.AgentId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keys and sessions over a store. Looking one up is one read by hash; when it was last used is
 * written once a minute at most. Thread-safe.
 */
public final class Credentials implements ApiKeys, DeviceKeys {
    /** A session ends after so long without use, */
    static final Duration IDLE = Duration.ofHours(8);

    /** and after so long in any case. */
    static final Duration LIFETIME = Duration.ofDays(7);

    private static final Duration USE_RESOLUTION = Duration.ofMinutes(1);

    private final CredentialStore store;
    private final InstantSource clock;
    private final Secrets secrets;
    private final Endings endings = new Endings();

    public Credentials(CredentialStore store, InstantSource clock, SecureRandom random) {
        this.store = store;
        this.clock = clock;
        this.secrets = new Secrets(random);
    }

    /** Whose API or device key this is. */
    public Optional<Principal> byKey(String key) {
        return stored(key).map(Credentials::principal);
    }

    private Optional<StoredKey> stored(String key) {
        if (key.isEmpty() || key.length() > Secrets.LONGEST) {
            return Optional.empty();
        }
        Optional<StoredKey> stored =
                store.key(Secrets.hash(key)).filter(k -> k.inForce(clock.instant()));
        stored.ifPresent(this::used);
        return stored;
    }

    private void used(StoredKey key) {
        Instant now = clock.instant();
        if (key.lastUsedAt().filter(t -> t.plus(USE_RESOLUTION).isAfter(now)).isEmpty()) {
            store.keyUsed(key.prefix(), now);
        }
    }

    /** Whose session of the web page this is, by the hash of its token. */
    Optional<Principal> bySession(byte[] hash) {
        Instant now = clock.instant();
        Optional<StoredSession> session = store.session(hash).filter(s -> inForce(s, now));
        session.filter(s -> !s.lastUsedAt().plus(USE_RESOLUTION).isAfter(now))
                .ifPresent(_ -> store.sessionUsed(hash, now));
        return session.map(s -> principal(s.key()));
    }

    /** The public name of a key in force that is no box's. */
    Optional<String> prefix(String key) {
        return stored(key).filter(k -> k.agent().isEmpty()).map(StoredKey::prefix);
    }

    /** Whose key this is, by its public name. */
    Optional<Principal> byPrefix(String prefix) {
        return store.keyNamed(prefix)
                .filter(k -> k.inForce(clock.instant()))
                .map(Credentials::principal);
    }

    /** Told of every key and session that ends. */
    Endings endings() {
        return endings;
    }

    private static boolean inForce(StoredSession session, Instant now) {
        return session.key().inForce(now)
                && now.isBefore(session.expiresAt())
                && now.isBefore(session.lastUsedAt().plus(IDLE));
    }

    /** Opens a session for the bearer of a key; empty for a wrong one or one of a box. */
    Optional<Authenticator.Session> signIn(String key) {
        return stored(key).filter(k -> k.agent().isEmpty()).map(this::open);
    }

    private Authenticator.Session open(StoredKey key) {
        Instant now = clock.instant();
        Instant expires = now.plus(LIFETIME);
        store.forgetSessions(now);
        Secrets.Fresh token = secrets.fresh("fs");
        store.addSession(Secrets.hash(token.text()), key.prefix(), now, expires);
        return new Authenticator.Session(new Secret(token.text()), principal(key), expires);
    }

    void signOut(String token) {
        store.endSession(Secrets.hash(token));
        endings.happened();
    }

    @Override
    public Issued issue(Wish wish) {
        if (wish.role() == Role.DEVICE) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "a box gets its key by being registered");
        }
        if (wish.expiresAt().filter(end -> !clock.instant().isBefore(end)).isPresent()) {
            throw new FacetException(ErrorCode.INVALID_ARGUMENT, "expires_at has passed already");
        }
        if (wish.name().isBlank() || wish.name().length() > 200) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "a key's name has 1 to 200 characters");
        }
        Secrets.Fresh fresh = secrets.fresh("fk");
        StoredKey key = add(fresh, wish, Optional.empty());
        return new Issued(new Secret(fresh.text()), description(key));
    }

    @Override
    public List<ApiKey> list() {
        return store.keys().stream().map(Credentials::description).toList();
    }

    @Override
    public boolean revoke(String prefix) {
        boolean revoked = store.revoke(prefix, clock.instant());
        endings.happened();
        return revoked;
    }

    @Override
    public Secret renew(AgentId agent, SiteId site) {
        store.revokeOf(agent, clock.instant());
        Secrets.Fresh fresh = secrets.fresh("fd");
        Wish wish =
                new Wish(
                        agent.value(),
                        Role.DEVICE,
                        new SiteScope.Only(Set.of(site)),
                        Optional.empty());
        add(fresh, wish, Optional.of(agent));
        return new Secret(fresh.text());
    }

    @Override
    public void revoke(AgentId agent) {
        store.revokeOf(agent, clock.instant());
    }

    /** Boxes that have a key. */
    public Set<AgentId> boxes() {
        return store.boxes();
    }

    private StoredKey add(Secrets.Fresh fresh, Wish wish, Optional<AgentId> agent) {
        StoredKey key =
                new StoredKey(
                        fresh.prefix(),
                        wish.name(),
                        wish.role(),
                        wish.sites(),
                        agent,
                        clock.instant(),
                        wish.expiresAt(),
                        Optional.empty(),
                        Optional.empty());
        store.addKey(Secrets.hash(fresh.text()), key);
        return key;
    }

    private static Principal principal(StoredKey key) {
        return new Principal(
                key.agent().map(AgentId::value).orElse(key.prefix()),
                key.name(),
                Set.of(key.role()),
                key.sites());
    }

    private static ApiKey description(StoredKey key) {
        return new ApiKey(
                key.prefix(),
                key.name(),
                key.role(),
                key.sites(),
                key.createdAt(),
                key.expiresAt(),
                key.lastUsedAt(),
                key.revokedAt());
    }
}
