package io.facet.hub.security;

import io.facet.config.Secret;
import io.facet.model.SiteScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The accounts of people. Thread-safe. */
public interface UserAccounts {
    /** How a sign-in ended. */
    sealed interface SignIn {
        /** It is this user. */
        record Welcome(User user) implements SignIn {}

        /** No such user, a wrong password, or a disabled account: nobody learns which. */
        record Refused() implements SignIn {}

        /** Too many tries; none before this has passed. */
        record Locked(Duration remaining) implements SignIn {}
    }

    /**
     * What a program gets.
     *
     * @param access a JWT, for a short time
     * @param refresh for the next pair, once
     */
    record Tokens(Secret access, Instant accessUntil, Secret refresh, Instant refreshUntil) {}

    /** Who is to be added. */
    record NewUser(
            String username,
            Role role,
            SiteScope sites,
            Optional<Secret> password,
            Optional<User.External> external) {}

    /** What is to change; empty stays. */
    record Change(
            Optional<Role> role,
            Optional<SiteScope> sites,
            Optional<Boolean> disabled,
            Optional<Secret> password) {}

    SignIn signIn(String username, Secret password);

    /** Somebody whom the organisation's own sign-in vouches for; never locked out. */
    SignIn signIn(ExternalIdentity who);

    /** A session for the page. */
    Authenticator.Session openSession(User user);

    /** A session for the page that ends earlier than others. */
    Authenticator.Session openSession(User user, Duration lifetime);

    /** Tokens for a program. */
    Tokens openTokens(User user);

    /**
     * The next pair of tokens. A token that was exchanged before is stolen, by the one who comes
     * now or the one who came first: every token of that sign-in ends.
     */
    Optional<Tokens> refresh(String token);

    List<User> list();

    Optional<User> get(UserId id);

    Optional<User> byExternal(User.External external);

    /**
     * Adds a user.
     *
     * @throws io.facet.error.FacetException {@code ALREADY_EXISTS}, {@code INVALID_ARGUMENT}
     */
    User add(NewUser wish);

    /** Changes a user; what they were signed in to ends when they lose something. */
    Optional<User> change(UserId id, Change change);

    boolean remove(UserId id);

    /**
     * Changes one's own password and ends every other session.
     *
     * @throws io.facet.error.FacetException {@code UNAUTHENTICATED} when the present one is wrong
     */
    void changePassword(UserId id, Secret present, Secret wanted);
}
