package io.facet.hub.security;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.security.UserAccounts.SignIn;
import io.facet.model.Uuid7;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Accounts of people who sign in elsewhere. They are known by issuer and subject, never by name: a
 * name at the provider gives nobody an account of that name here. Each sign-in brings their role
 * and sites up to date. Thread-safe.
 */
final class ExternalUsers {
    private final UserStore store;
    private final InstantSource clock;
    private final Uuid7 ids;
    private final Endings endings;

    ExternalUsers(UserStore store, InstantSource clock, Uuid7 ids, Endings endings) {
        this.store = store;
        this.clock = clock;
        this.ids = ids;
        this.endings = endings;
    }

    /** Whoever has lost their role is put out of what they are signed in to. */
    SignIn signIn(ExternalIdentity who) {
        Optional<User> known = store.byExternal(who.external());
        if (who.grant().isEmpty()) {
            known.ifPresent(user -> {
                store.endAll(user.id());
                endings.happened();
            });
            return new SignIn.Refused();
        }
        ExternalIdentity.Grant grant = who.grant().get();
        Optional<User> user =
                known.isPresent() ? upToDate(known.get(), grant) : Optional.of(added(who, grant));
        Optional<User> welcome = user.filter(u -> !u.disabled());
        welcome.ifPresent(u -> store.signedIn(u.id(), clock.instant()));
        return welcome.<SignIn>map(SignIn.Welcome::new).orElseGet(SignIn.Refused::new);
    }

    /** Never touches whether the user is disabled: an administrator may be about to say so. */
    private Optional<User> upToDate(User user, ExternalIdentity.Grant grant) {
        if (user.role() == grant.role() && user.sites().equals(grant.sites())) {
            return Optional.of(user);
        }
        store.grant(user.id(), grant.role(), grant.sites());
        endings.happened();
        return store.byId(user.id());
    }

    private User added(ExternalIdentity who, ExternalIdentity.Grant grant) {
        String own = ownName(who.external());
        String name = who.username().map(User::canonical).filter(User::isName).orElse(own);
        try {
            return add(name, who, grant);
        } catch (FacetException taken) {
            if (taken.code() != ErrorCode.ALREADY_EXISTS) {
                throw taken;
            }
            // Another sign-in of the same person was first, or somebody else has the name.
            return store.byExternal(who.external()).orElseGet(() -> add(own, who, grant));
        }
    }

    private User add(String name, ExternalIdentity who, ExternalIdentity.Grant grant) {
        Instant now = clock.instant();
        User user =
                new User(
                        new UserId(ids.next()),
                        name,
                        grant.role(),
                        grant.sites(),
                        false,
                        Optional.of(who.external()),
                        now,
                        Optional.empty());
        store.add(user, Optional.empty());
        return user;
    }

    /** A name that nobody chose: 80 bits of the subject's hash. */
    private static String ownName(User.External external) {
        byte[] hash = Secrets.hash(external.issuer() + "\n" + external.subject());
        return "oidc-" + HexFormat.of().formatHex(hash, 0, 10);
    }
}
