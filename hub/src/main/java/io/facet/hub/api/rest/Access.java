package io.facet.hub.api.rest;

import io.facet.hub.security.Permission;

/** Who may call an endpoint. */
public sealed interface Access {
    /** Anybody, without a credential. */
    record Open() implements Access {}

    /** Anybody with a credential. */
    record SignedIn() implements Access {}

    /** Whoever has a permission. */
    record Needs(Permission permission) implements Access {}
}
