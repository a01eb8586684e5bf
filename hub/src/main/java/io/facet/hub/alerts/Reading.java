package io.facet.hub.alerts;

import io.facet.model.SiteId;
import java.util.Optional;

/**
 * A value just now.
 *
 * @param subject what it is of: a camera's id, a box's, a queue's name; {@code hub} for the hub
 * @param summary a sentence for people
 * @param site empty for what concerns every site
 */
public record Reading(String subject, String summary, Optional<SiteId> site, double value) {
    /** Of the hub itself. */
    static final String HUB = "hub";
}
