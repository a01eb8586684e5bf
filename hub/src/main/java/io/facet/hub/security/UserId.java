package io.facet.hub.security;

import java.util.UUID;

/** Names a user for ever; user names can change hands. */
public record UserId(UUID value) {
    /** Reads its text form. */
    public static UserId parse(String text) {
        return new UserId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
