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
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Keys and sessions over a store. Looking one up is one read by hash; when it was last used is
 * written once a minute at most. Thread-safe.
 */
public final class Credentials implements Authenticator, ApiKeys, DeviceKeys {
    /** A session ends after so long without use, */
    static final Duration IDLE = Duration.ofHours(8);

    /** and after so long in any case. */
    static final Duration LIFETIME = Duration.ofDays(7);

    private static final Duration USE_RESOLUTION = Duration.ofMinutes(1);

    private final CredentialStore store;
    private final InstantSource clock;
    private final Secrets secrets;
    private final LiveTokens tokens;
    private final List<Runnable> onEnded = new CopyOnWriteArrayList<>();

    public Credentials(
            CredentialStore store, InstantSource clock, SecureRandom random, LiveTokens tokens) {
        this.store = store;
        this.clock = clock;
        this.secrets = new Secrets(random);
        this.tokens = tokens;
    }

    @Override
    public Optional<Principal> byKey(String key) {
        return stored(key).map(Credentials::principal);
    }

    private Optional<StoredKey> stored(String key) {
        if (!isPossible(key)) {
            return Optional.empty();
        }
        Optional<StoredKey> stored = store.key(Secrets.hash(key));
        stored.ifPresent(this::used);
        return stored;
    }

    private void used(StoredKey key) {
        Instant now = clock.instant();
        if (key.lastUsedAt().filter(t -> t.plus(USE_RESOLUTION).isAfter(now)).isEmpty()) {
            store.keyUsed(key.prefix(), now);
        }
    }

    @Override
    public Optional<Principal> bySession(String token) {
        return isPossible(token) ? bySession(Secrets.hash(token)) : Optional.empty();
    }

    private static boolean isPossible(String credential) {
        return !credential.isEmpty() && credential.length() <= Secrets.LONGEST;
    }

    private Optional<Principal> bySession(byte[] hash) {
        Instant now = clock.instant();
        Optional<StoredSession> session = store.session(hash).filter(s -> inForce(s, now));
        session.filter(s -> !s.lastUsedAt().plus(USE_RESOLUTION).isAfter(now))
                .ifPresent(_ -> store.sessionUsed(hash, now));
        return session.map(s -> principal(s.key()));
    }

    private static boolean inForce(StoredSession session, Instant now) {
        return now.isBefore(session.expiresAt()) && now.isBefore(session.lastUsedAt().plus(IDLE));
    }

    @Override
    public Optional<Session> signIn(String key) {
        return stored(key).filter(k -> k.agent().isEmpty()).map(this::open);
    }

    private Session open(StoredKey key) {
        Instant now = clock.instant();
        Instant expires = now.plus(LIFETIME);
        store.forgetSessions(now);
        Secrets.Fresh token = secrets.fresh("fs");
        store.addSession(Secrets.hash(token.text()), key.prefix(), now, expires);
        return new Session(new Secret(token.text()), principal(key), expires);
    }

    @Override
    public void signOut(String token) {
        store.endSession(Secrets.hash(token));
        ended();
    }

    @Override
    public Optional<LiveToken> liveToken(String keyOrSession) {
        Optional<LiveTokens.Source> key =
                stored(keyOrSession)
                        .filter(k -> k.agent().isEmpty())
                        .map(k -> new LiveTokens.Source.Key(k.prefix()));
        return key.or(() ->
                        bySession(keyOrSession)
                                .map(_ ->
                                        new LiveTokens.Source.Session(
                                                HexFormat.of()
                                                        .formatHex(Secrets.hash(keyOrSession)))))
                .map(source -> tokens.issue(source, clock.instant()));
    }

    @Override
    public Optional<Bearer> bearer(String credential) {
        if (!isPossible(credential)) {
            return Optional.empty();
        }
        Optional<LiveTokens.Source> source = tokens.open(credential, clock.instant());
        Supplier<Optional<Principal>> who =
                source.isPresent()
                        ? () -> of(source.get())
                        : () -> byKey(credential).or(() -> bySession(credential));
        return who.get().map(principal -> new Bearer(principal, who));
    }

    private Optional<Principal> of(LiveTokens.Source source) {
        return switch (source) {
            case LiveTokens.Source.Key(String prefix) ->
                    store.keyNamed(prefix).map(Credentials::principal);
            case LiveTokens.Source.Session(String hash) -> bySession(HexFormat.of().parseHex(hash));
        };
    }

    @Override
    public void onEnded(Runnable listener) {
        onEnded.add(listener);
    }

    private void ended() {
        onEnded.forEach(Runnable::run);
    }

    @Override
    public Issued issue(String name, Role role, SiteScope sites) {
        if (role == Role.DEVICE) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "a box gets its key by being registered");
        }
        if (name.isBlank() || name.length() > 200) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "a key's name has 1 to 200 characters");
        }
        Secrets.Fresh fresh = secrets.fresh("fk");
        StoredKey key = add(fresh, name, role, sites, Optional.empty());
        return new Issued(new Secret(fresh.text()), description(key));
    }

    @Override
    public List<ApiKey> list() {
        return store.keys().stream().map(Credentials::description).toList();
    }

    @Override
    public boolean revoke(String prefix) {
        boolean revoked = store.revoke(prefix, clock.instant());
        ended();
        return revoked;
    }

    @Override
    public Secret renew(AgentId agent, SiteId site) {
        store.revokeOf(agent, clock.instant());
        Secrets.Fresh fresh = secrets.fresh("fd");
        add(
                fresh,
                agent.value(),
                Role.DEVICE,
                new SiteScope.Only(Set.of(site)),
                Optional.of(agent));
        return new Secret(fresh.text());
    }

    @Override
    public void revoke(AgentId agent) {
        store.revokeOf(agent, clock.instant());
    }

    private StoredKey add(
            Secrets.Fresh fresh, String name, Role role, SiteScope sites, Optional<AgentId> agent) {
        StoredKey key =
                new StoredKey(
                        fresh.prefix(),
                        name,
                        role,
                        sites,
                        agent,
                        clock.instant(),
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
                key.lastUsedAt(),
                key.revokedAt());
    }
}
