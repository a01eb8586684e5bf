package io.facet.hub.oidc;

import io.facet.hub.security.ExternalIdentity.Grant;
import io.facet.hub.security.Role;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What values of a claim give: lines {@code VALUE=ROLE} for every site, {@code
 * VALUE=ROLE@SITE+SITE} for some. The first line with a value that somebody has decides their role;
 * the sites of all their lines with that role add up. Immutable.
 */
record RoleMapping(List<Line> lines) {
    /** One line; a value may hold {@code =}, as distinguished names do. */
    record Line(String value, Grant grant) {
        /** Reads a line; its message says what is wrong with one that is none. */
        static Line parse(String text) {
            int at = text.lastIndexOf('=');
            if (at < 1) {
                throw new IllegalArgumentException("needs the form VALUE=ROLE or VALUE=ROLE@SITE");
            }
            String[] parts = text.substring(at + 1).strip().split("@", 2);
            return new Line(
                    text.substring(0, at).strip(),
                    new Grant(
                            role(parts[0].strip()),
                            parts.length == 1 ? SiteScope.ALL : sites(parts[1])));
        }

        private static Role role(String name) {
            return Arrays.stream(Role.values())
                    .filter(role -> role != Role.DEVICE && role.wireName().equals(name))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException(
                                    "role is admin, operator, viewer or service, not " + name));
        }

        private static SiteScope sites(String text) {
            return new SiteScope.Only(
                    Arrays.stream(text.split("\\+", -1))
                            .map(site -> new SiteId(site.strip()))
                            .collect(Collectors.toSet()));
        }
    }

    RoleMapping {
        lines = List.copyOf(lines);
    }

    /** What somebody with these values may do; empty when none of them is in the mapping. */
    Optional<Grant> grant(Collection<String> values) {
        List<Grant> given =
                lines.stream().filter(l -> values.contains(l.value())).map(Line::grant).toList();
        return given.stream().findFirst().map(Grant::role).map(role -> sum(role, given));
    }

    private static Grant sum(Role role, List<Grant> given) {
        Set<SiteId> sites = new HashSet<>();
        for (Grant grant : given) {
            if (grant.role() == role) {
                switch (grant.sites()) {
                    case SiteScope.All _ -> {
                        return grant;
                    }
                    case SiteScope.Only only -> sites.addAll(only.sites());
                }
            }
        }
        return new Grant(role, new SiteScope.Only(sites));
    }
}
