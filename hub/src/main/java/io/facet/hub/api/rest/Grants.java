package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.security.Role;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Roles and sites in JSON. Nobody gives away more than they have. Stateless. */
final class Grants {
    /** The roles that can be given. */
    static final Schema ROLES = Schema.words("admin", "operator", "viewer", "service");

    private Grants() {}

    static Role role(String name) {
        return Arrays.stream(Role.values())
                .filter(role -> role != Role.DEVICE && role.wireName().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> JsonFields.invalid("role is admin, operator, viewer or service"));
    }

    /** The sites asked for, else all of the giver's. */
    static SiteScope sites(Optional<List<String>> wanted, SiteScope givers) {
        if (wanted.isEmpty()) {
            return givers;
        }
        SiteScope.Only only =
                new SiteScope.Only(
                        wanted.get().stream().map(SiteId::new).collect(Collectors.toSet()));
        checkWithin(only, givers);
        return only;
    }

    /** Refuses to give, or to touch, what reaches further than oneself. */
    static void checkWithin(SiteScope scope, SiteScope givers) {
        boolean within =
                switch (givers) {
                    case SiteScope.All _ -> true;
                    case SiteScope.Only mine ->
                            scope instanceof SiteScope.Only only
                                    && mine.sites().containsAll(only.sites());
                };
        if (!within) {
            throw new FacetException(
                    ErrorCode.PERMISSION_DENIED, "that reaches sites beyond your own");
        }
    }

    /** Adds {@code sites}; left out for every site. */
    static void describe(ObjectNode json, SiteScope scope) {
        if (scope instanceof SiteScope.Only only) {
            only.sites().stream().map(SiteId::value).sorted().forEach(json.withArray("sites")::add);
        }
    }
}
