package io.facet.hub.security;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Every kind of credential, at one door: keys of programs and boxes, tokens of users, and the live
 * tokens made from them.
 */
public final class Gate implements Authenticator {
    private static final String USER_SESSION = "fu_";

    private final Credentials keys;
    private final Users users;
    private final CertificateHolders certificates;
    private final LiveTokens live;
    private final InstantSource clock;

    public Gate(
            Credentials keys,
            Users users,
            CertificateHolders certificates,
            LiveTokens live,
            InstantSource clock) {
        this.keys = keys;
        this.users = users;
        this.certificates = certificates;
        this.live = live;
        this.clock = clock;
    }

    @Override
    public Optional<Principal> byKey(String key) {
        return AccessTokens.looksLikeOne(key) ? users.byToken(key) : keys.byKey(key);
    }

    @Override
    public Optional<Principal> byCertificate(X509Certificate certificate) {
        return certificates.holder(certificate);
    }

    @Override
    public Optional<Principal> bySession(String token) {
        if (token.isEmpty() || token.length() > Secrets.LONGEST) {
            return Optional.empty();
        }
        return of(session(token));
    }

    private static LiveTokens.Source session(String token) {
        String hash = HexFormat.of().formatHex(Secrets.hash(token));
        return token.startsWith(USER_SESSION)
                ? new LiveTokens.Source.UserSession(hash)
                : new LiveTokens.Source.Session(hash);
    }

    @Override
    public Optional<Session> signIn(String key) {
        return keys.signIn(key);
    }

    @Override
    public void signOut(String token) {
        if (AccessTokens.looksLikeOne(token)) {
            users.endTokens(token);
        } else if (token.startsWith(USER_SESSION)) {
            users.endSession(token);
        } else {
            keys.signOut(token);
        }
    }

    @Override
    public Optional<LiveToken> liveToken(String credential) {
        return source(credential)
                .filter(source -> of(source).isPresent())
                .map(source -> live.issue(source, clock.instant()));
    }

    @Override
    public Optional<Bearer> bearer(String credential) {
        Optional<LiveTokens.Source> made = live.open(credential, clock.instant());
        return made.or(() -> source(credential)).flatMap(this::bearer);
    }

    private Optional<Bearer> bearer(LiveTokens.Source source) {
        Supplier<Optional<Principal>> still = () -> of(source);
        return still.get().map(principal -> new Bearer(principal, still));
    }

    /** What lies behind a credential of a person or program; a box's key is none. */
    private Optional<LiveTokens.Source> source(String credential) {
        if (AccessTokens.looksLikeOne(credential)) {
            return users.family(credential).map(LiveTokens.Source.SignIn::new);
        }
        if (credential.isEmpty() || credential.length() > Secrets.LONGEST) {
            return Optional.empty();
        }
        Optional<LiveTokens.Source> key = keys.prefix(credential).map(LiveTokens.Source.Key::new);
        return key.or(() -> Optional.of(session(credential)));
    }

    private Optional<Principal> of(LiveTokens.Source source) {
        return switch (source) {
            case LiveTokens.Source.Key(String prefix) -> keys.byPrefix(prefix);
            case LiveTokens.Source.Session(String hash) ->
                    keys.bySession(HexFormat.of().parseHex(hash));
            case LiveTokens.Source.UserSession(String hash) ->
                    users.bySession(HexFormat.of().parseHex(hash));
            case LiveTokens.Source.SignIn(UUID family) -> users.byFamily(family);
        };
    }

    @Override
    public void onEnded(Runnable listener) {
        keys.endings().listen(listener);
        users.endings().listen(listener);
    }
}
