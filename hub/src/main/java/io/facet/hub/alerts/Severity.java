package io.facet.hub.alerts;

import java.util.Locale;

/** How bad an alert is, from least to worst. */
public enum Severity {
    INFO,
    WARNING,
    CRITICAL;

    /** snake_case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #wireName}. */
    public static Severity of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
