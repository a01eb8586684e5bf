package io.facet.hub.security;

import static io.facet.hub.security.Permission.DISPATCH_EVENTS;
import static io.facet.hub.security.Permission.MANAGE_ALERTS;
import static io.facet.hub.security.Permission.MANAGE_CAMERAS;
import static io.facet.hub.security.Permission.MANAGE_PEOPLE;
import static io.facet.hub.security.Permission.READ_ALERTS;
import static io.facet.hub.security.Permission.READ_CAMERAS;
import static io.facet.hub.security.Permission.READ_EVENTS;
import static io.facet.hub.security.Permission.READ_METRICS;
import static io.facet.hub.security.Permission.READ_PEOPLE;
import static io.facet.hub.security.Permission.RECOGNISE;
import static io.facet.hub.security.Permission.SYNC_GALLERY;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What somebody is; each role holds its permissions. */
public enum Role {
    ADMIN(EnumSet.complementOf(EnumSet.of(SYNC_GALLERY))),
    OPERATOR(
            EnumSet.of(
                    READ_PEOPLE,
                    MANAGE_PEOPLE,
                    RECOGNISE,
                    READ_EVENTS,
                    READ_CAMERAS,
                    MANAGE_CAMERAS,
                    DISPATCH_EVENTS,
                    READ_METRICS,
                    READ_ALERTS,
                    MANAGE_ALERTS)),
    VIEWER(EnumSet.of(READ_PEOPLE, READ_EVENTS, READ_CAMERAS, READ_METRICS, READ_ALERTS)),
    /** A program of the user's. */
    SERVICE(
            EnumSet.of(
                    READ_PEOPLE,
                    MANAGE_PEOPLE,
                    RECOGNISE,
                    READ_EVENTS,
                    READ_CAMERAS,
                    DISPATCH_EVENTS,
                    READ_METRICS,
                    READ_ALERTS)),
    /** An edge box. */
    DEVICE(EnumSet.of(SYNC_GALLERY));

    @SuppressWarnings("ImmutableEnumChecker") // Set.copyOf makes it so
    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = Set.copyOf(permissions);
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    /** snake_case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
