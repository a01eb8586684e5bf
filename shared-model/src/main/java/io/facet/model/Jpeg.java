package io.facet.model;

/**
 * An encoded picture of a face. Personal data: {@link #toString} shows its size only. Holds the
 * bytes it is given; nobody writes to them.
 */
public final class Jpeg {
    private final byte[] bytes;

    public Jpeg(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The file itself, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return "Jpeg[" + bytes.length + " bytes]";
    }
}
