package io.facet.hub.security;

/** What somebody may do. */
public enum Permission {
    READ_PEOPLE,
    MANAGE_PEOPLE,
    RECOGNISE,
    READ_EVENTS,
    READ_CAMERAS,
    MANAGE_CAMERAS,
    DISPATCH_EVENTS,
    MANAGE_DEVICES,
    MANAGE_KEYS,
    READ_METRICS,
    READ_ALERTS,
    MANAGE_ALERTS,
    MANAGE_WEBHOOKS,
    MANAGE_USERS,
    READ_AUDIT,
    MANAGE_SECURITY,
    SYNC_GALLERY
}
