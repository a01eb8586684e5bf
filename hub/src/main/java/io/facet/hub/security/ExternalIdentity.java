package io.facet.hub.security;

import io.facet.model.SiteScope;
import java.util.Optional;

/**
 * Whom the organisation's own sign-in vouches for.
 *
 * @param username as the provider calls them; only a wish, for names are unique here
 * @param grant what they may do here; empty when nothing the provider says gives them a role
 */
public record ExternalIdentity(
        User.External external, Optional<String> username, Optional<Grant> grant) {
    /** A role at some sites. */
    public record Grant(Role role, SiteScope sites) {}
}
