package io.facet.model;

/**
 * Names one site: a place with cameras. Lower-case letters, digits, {@code -} and {@code _}, 1 to
 * 64 characters.
 */
public record SiteId(String value) {
    /** The site everything belongs to until an administrator makes others. */
    public static final SiteId DEFAULT = new SiteId("default");

    /** Checks the form. */
    public SiteId {
        Slugs.check("site_id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
