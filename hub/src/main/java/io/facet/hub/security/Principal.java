package io.facet.hub.security;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.SiteScope;
import java.util.Set;

/**
 * Somebody who proved who they are.
 *
 * @param id a key's public prefix, a box's agent id, or a user's id
 * @param name what an administrator calls the key, or the user's name
 */
public record Principal(String id, String name, Set<Role> roles, SiteScope sites) {
    public Principal {
        roles = Set.copyOf(roles);
    }

    public boolean may(Permission permission) {
        return roles.stream().anyMatch(role -> role.permissions().contains(permission));
    }

    /**
     * Goes on only when this is allowed.
     *
     * @throws FacetException {@code PERMISSION_DENIED}
     */
    public void require(Permission permission) {
        if (!may(permission)) {
            throw new FacetException(
                    ErrorCode.PERMISSION_DENIED,
                    "you may not do that; it takes a key or user whose role allows "
                            + permission.name().toLowerCase(java.util.Locale.ROOT));
        }
    }
}
