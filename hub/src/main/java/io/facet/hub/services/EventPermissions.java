package io.facet.hub.services;

import io.facet.hub.events.HubEvent;
import io.facet.hub.security.Permission;
import io.facet.hub.security.Principal;

/** Who may be told of which live event, whichever way it travels. */
public final class EventPermissions {
    private EventPermissions() {}

    /** Whether somebody may see an event, by their roles and sites. */
    public static boolean permits(Principal principal, HubEvent event) {
        return principal.may(needed(event))
                && event.site().map(principal.sites()::permits).orElse(true);
    }

    private static Permission needed(HubEvent event) {
        return event instanceof HubEvent.AlertRaised || event instanceof HubEvent.AlertResolved
                ? Permission.READ_ALERTS
                : Permission.READ_EVENTS;
    }
}
