package io.facet.hub.people;

/** What to do when the face being enrolled is already known. */
public enum OnDuplicate {
    /** Another face of the same person when name or person agree, else a {@code Duplicate}. */
    LINK,
    /** Always a {@code Duplicate}. */
    REJECT,
    /** Enrol all the same; a new person unless one is named. */
    ALLOW
}
