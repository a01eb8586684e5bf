package io.facet.hub.security;

import io.facet.config.Secret;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.security.UserStore.Account;
import io.facet.hub.security.UserStore.Refresh;
import io.facet.model.SiteScope;
import io.facet.model.Uuid7;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Accounts over a store. Thread-safe. */
public final class Users implements UserAccounts {
    /** How long an access token is good for, */
    static final Duration ACCESS = Duration.ofMinutes(15);

    /** and a token that renews. */
    static final Duration REFRESH = Duration.ofDays(14);

    private static final Duration USE_RESOLUTION = Duration.ofMinutes(1);

    private final UserStore store;
    private final Passwords passwords;
    private final AccessTokens tokens;
    private final InstantSource clock;
    private final Uuid7 ids;
    private final Secrets secrets;
    private final Endings endings = new Endings();

    /** Takes the 32 bytes access tokens are signed with. */
    public Users(
            UserStore store,
            Passwords passwords,
            byte[] tokenKey,
            InstantSource clock,
            Uuid7 ids,
            SecureRandom random) {
        this.store = store;
        this.passwords = passwords;
        this.tokens = new AccessTokens(tokenKey);
        this.clock = clock;
        this.ids = ids;
        this.secrets = new Secrets(random);
    }

    @Override
    public SignIn signIn(String username, Secret password) {
        Instant now = clock.instant();
        byte[] name = Secrets.hash(User.canonical(username));
        LockOut before = store.attempt(name, now, l -> l.wait(now).isZero() ? l.tried(now) : l);
        Duration wait = before.wait(now);
        if (!wait.isZero()) {
            return new SignIn.Locked(wait);
        }
        Optional<User> user = byPassword(User.canonical(username), password);
        if (user.isEmpty()) {
            return new SignIn.Refused();
        }
        store.forgive(name);
        store.signedIn(user.get().id(), now);
        return new SignIn.Welcome(user.get());
    }

    /** Costs the same whether or not there is such a user. */
    private Optional<User> byPassword(String username, Secret password) {
        Optional<Account> account = store.byName(username);
        Optional<String> hash = account.flatMap(Account::passwordHash);
        boolean right =
                hash.map(h -> passwords.matches(password, h))
                        .orElseGet(() -> passwords.matchesNobody(password));
        return account.map(Account::user).filter(u -> right && !u.disabled());
    }

    @Override
    public SignIn signIn(ExternalIdentity who) {
        return new ExternalUsers(store, clock, ids, endings).signIn(who);
    }

    @Override
    public Authenticator.Session openSession(User user) {
        return openSession(user, Credentials.LIFETIME);
    }

    @Override
    public Authenticator.Session openSession(User user, Duration lifetime) {
        Instant now = clock.instant();
        Instant expires = now.plus(lifetime);
        store.forget(now);
        Secrets.Fresh token = secrets.fresh("fu");
        store.addSession(Secrets.hash(token.text()), user.id(), now, expires);
        return new Authenticator.Session(new Secret(token.text()), user.principal(), expires);
    }

    /** Whose session of the page this is, by the hash of its token. */
    Optional<Principal> bySession(byte[] hash) {
        Instant now = clock.instant();
        Optional<UserStore.Session> session =
                store.session(hash)
                        .filter(s -> !s.user().disabled())
                        .filter(s -> now.isBefore(s.expiresAt()))
                        .filter(s -> now.isBefore(s.lastUsedAt().plus(Credentials.IDLE)));
        session.filter(s -> !s.lastUsedAt().plus(USE_RESOLUTION).isAfter(now))
                .ifPresent(_ -> store.sessionUsed(hash, now));
        return session.map(s -> s.user().principal());
    }

    void endSession(String token) {
        store.endSession(Secrets.hash(token));
        endings.happened();
    }

    @Override
    public Tokens openTokens(User user) {
        Instant now = clock.instant();
        UUID family = ids.next();
        store.forget(now);
        store.addFamily(family, user.id(), now);
        return tokens(user, family, now);
    }

    private Tokens tokens(User user, UUID family, Instant now) {
        Secrets.Fresh next = secrets.fresh("fr");
        store.addRefresh(Secrets.hash(next.text()), family, now, now.plus(REFRESH));
        return new Tokens(
                tokens.issue(user, family, now, now.plus(ACCESS)),
                now.plus(ACCESS),
                new Secret(next.text()),
                now.plus(REFRESH));
    }

    @Override
    public Optional<Tokens> refresh(String token) {
        if (token.length() > Secrets.LONGEST) {
            return Optional.empty();
        }
        byte[] hash = Secrets.hash(token);
        Instant now = clock.instant();
        Optional<Refresh> known = store.refresh(hash);
        if (known.isEmpty() || known.get().revoked() || !now.isBefore(known.get().expiresAt())) {
            return Optional.empty();
        }
        UUID family = known.get().family();
        if (known.get().used() || !store.useRefresh(hash, now)) {
            store.revokeFamily(family, now);
            endings.happened();
            return Optional.empty();
        }
        return store.family(family)
                .filter(u -> !u.disabled())
                .map(user -> tokens(user, family, now));
    }

    /** Whose access token this is, while its sign-in is in force. */
    Optional<Principal> byToken(String token) {
        return family(token).flatMap(this::byFamily);
    }

    /** The sign-in an access token came from, while the token is good. */
    Optional<UUID> family(String token) {
        return tokens.family(token, clock.instant());
    }

    /** Whose sign-in this is, while it is in force. */
    Optional<Principal> byFamily(UUID family) {
        return store.family(family).filter(u -> !u.disabled()).map(User::principal);
    }

    /** Told of every session, sign-in and user that ends or changes. */
    Endings endings() {
        return endings;
    }

    void endTokens(String token) {
        tokens.family(token, clock.instant())
                .ifPresent(family -> store.revokeFamily(family, clock.instant()));
        endings.happened();
    }

    @Override
    public List<User> list() {
        return store.list();
    }

    @Override
    public Optional<User> get(UserId id) {
        return store.byId(id);
    }

    @Override
    public Optional<User> byExternal(User.External external) {
        return store.byExternal(external);
    }

    @Override
    public User add(NewUser wish) {
        wish.password().ifPresent(p -> Passwords.check(p, wish.username()));
        if (wish.password().isEmpty() && wish.external().isEmpty()) {
            throw new FacetException(ErrorCode.INVALID_ARGUMENT, "give the user a password");
        }
        User user =
                new User(
                        new UserId(ids.next()),
                        wish.username(),
                        wish.role(),
                        wish.sites(),
                        false,
                        wish.external(),
                        clock.instant(),
                        Optional.empty());
        store.add(user, wish.password().map(passwords::hash));
        return user;
    }

    @Override
    public Optional<User> change(UserId id, Change change) {
        Optional<User> before = store.byId(id);
        if (before.isEmpty()) {
            return before;
        }
        User old = before.get();
        if (change.password().isPresent() && old.external().isPresent()) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "this user signs in at the organisation's provider and gets no password here");
        }
        change.password().ifPresent(p -> Passwords.check(p, old.username()));
        SiteScope sites = change.sites().orElse(old.sites());
        User changed =
                old.with(
                        change.role().orElse(old.role()),
                        sites,
                        change.disabled().orElse(old.disabled()));
        if (!store.update(changed)) {
            return Optional.empty();
        }
        change.password().ifPresent(p -> store.password(id, passwords.hash(p)));
        if (changed.disabled()) {
            store.endAll(id);
        }
        endings.happened();
        return Optional.of(changed);
    }

    @Override
    public boolean remove(UserId id) {
        boolean removed = store.remove(id);
        endings.happened();
        return removed;
    }

    @Override
    public void changePassword(UserId id, Secret present, Secret wanted) {
        User user =
                store.byId(id)
                        .orElseThrow(() -> new FacetException(ErrorCode.NOT_FOUND, "no such user"));
        if (!(signIn(user.username(), present) instanceof SignIn.Welcome)) {
            throw new FacetException(
                    ErrorCode.UNAUTHENTICATED, "the present password is not the right one");
        }
        Passwords.check(wanted, user.username());
        store.password(id, passwords.hash(wanted));
        endings.happened();
    }
}
