package io.facet.hub.security;

import io.facet.model.SiteScope;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Somebody with an account.
 *
 * @param username lower case, unique
 * @param external who they are at the organisation's own sign-in; such a user needs no password
 */
public record User(
        UserId id,
        String username,
        Role role,
        SiteScope sites,
        boolean disabled,
        Optional<External> external,
        Instant createdAt,
        Optional<Instant> lastSignInAt) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,99}");

    /** Checks the name and that this is no box. */
    public User {
        username = canonical(username);
        if (!NAME.matcher(username).matches()) {
            throw new IllegalArgumentException(
                    "a user name has 1 to 100 of a-z 0-9 . _ @ + - and starts with a letter or"
                            + " digit");
        }
        if (role == Role.DEVICE) {
            throw new IllegalArgumentException("a user is no device; choose another role");
        }
    }

    /** A subject of an OpenID provider. */
    public record External(String issuer, String subject) {}

    /** Whether somebody can be called so. */
    static boolean isName(String canonical) {
        return NAME.matcher(canonical).matches();
    }

    /** As user names are compared. */
    public static String canonical(String username) {
        return username.strip().toLowerCase(Locale.ROOT);
    }

    /** What this user may do. */
    public Principal principal() {
        return new Principal(id.toString(), username, Set.of(role), sites);
    }

    /** The same user with other rights. */
    public User with(Role newRole, SiteScope newSites, boolean newDisabled) {
        return new User(
                id, username, newRole, newSites, newDisabled, external, createdAt, lastSignInAt);
    }
}
