package io.facet.hub.api.schema;

/** Schemas of plain values. */
public final class Plain {
    public static final Schema TEXT = new Schema.Value("string", "");
    public static final Schema ID = new Schema.Value("string", "uuid");
    public static final Schema TIME = new Schema.Value("string", "date-time");
    public static final Schema BINARY = new Schema.Value("string", "binary");
    public static final Schema INTEGER = new Schema.Value("integer", "");
    public static final Schema NUMBER = new Schema.Value("number", "");
    public static final Schema TRUTH = new Schema.Value("boolean", "");

    /** A number from 0 to 1. */
    public static final Schema SHARE = new Schema.Share();

    /** Anything. */
    public static final Schema ANY = new Schema.Anything();

    /** Text by key. */
    public static final Schema TEXTS = new Schema.MapOf(TEXT);

    private Plain() {}
}
