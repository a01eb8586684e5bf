package io.facet.hub.security;

import java.util.Optional;

/** Every kind of credential, at one door: keys of programs and boxes, tokens of users. */
public final class Gate implements Authenticator {
    private static final String USER_SESSION = "fu_";

    private final Credentials keys;
    private final Users users;

    public Gate(Credentials keys, Users users) {
        this.keys = keys;
        this.users = users;
    }

    @Override
    public Optional<Principal> byKey(String key) {
        return AccessTokens.looksLikeOne(key) ? users.byToken(key) : keys.byKey(key);
    }

    @Override
    public Optional<Principal> bySession(String token) {
        if (token.length() > Secrets.LONGEST) {
            return Optional.empty();
        }
        return token.startsWith(USER_SESSION) ? users.bySession(token) : keys.bySession(token);
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
}
