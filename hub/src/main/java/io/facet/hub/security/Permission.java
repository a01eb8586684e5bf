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
    /** Change the configuration while the hub runs. */
    MANAGE_SETTINGS,
    /** Change what boxes run. */
    MANAGE_SOFTWARE,
    /** Take everybody's pictures away in one file. */
    EXPORT_PEOPLE,
    SYNC_GALLERY
}
