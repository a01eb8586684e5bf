package io.facet.hub.software;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a box stands to a roll-out. */
public enum Standing {
    /** Not asked yet. */
    WAITING,
    /** Never asked: this roll-out has nothing for it. */
    PASSED_OVER,
    /** Asked, and has not begun. */
    ASKED,
    DOWNLOADING,
    /** Has it whole and checked. */
    STAGED,
    /** Runs it, and may still go back. */
    TRIAL,
    /** Runs it. */
    CURRENT,
    /** Would not run it. */
    REFUSED,
    /** Ran it, was not well and went back. */
    ROLLED_BACK;

    /** snake_case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #wireName}; empty for another word. */
    public static Optional<Standing> of(String text) {
        return Arrays.stream(values()).filter(s -> s.wireName().equals(text)).findFirst();
    }

    boolean hasFailed() {
        return this == REFUSED || this == ROLLED_BACK;
    }

    /** Asked, and does not run it: what is taken back in time does no harm. */
    boolean canBeTakenBack() {
        return this == ASKED || this == DOWNLOADING || this == STAGED;
    }
}
