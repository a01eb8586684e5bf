package io.facet.hub.security;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.SiteScope;
import java.util.Set;

/**
 * Somebody who proved who they are.
 *
 * @param id a key's public prefix, or a box's agent id
 * @param name what an administrator calls the key
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
                    "this key may not do that; use a key whose role allows "
                            + permission.name().toLowerCase(java.util.Locale.ROOT));
        }
    }
}
