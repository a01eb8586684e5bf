package io.facet.vision.image;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.util.Arrays;

/** A file as a run of unsigned numbers; reading beyond its end says that the file is cut short. */
final class Bytes {
    private final byte[] data;

    Bytes(byte[] data) {
        this.data = data;
    }

    int length() {
        return data.length;
    }

    boolean startsWith(int offset, int... expected) {
        if (offset < 0 || offset + expected.length > data.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((data[offset + i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    int u8(int at) {
        if (at < 0 || at >= data.length) {
            throw cutShort();
        }
        return data[at] & 0xFF;
    }

    int u16be(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    int u16le(int at) {
        return u8(at) | u8(at + 1) << 8;
    }

    int u24le(int at) {
        return u16le(at) | u8(at + 2) << 16;
    }

    int i32be(int at) {
        return u16be(at) << 16 | u16be(at + 2);
    }

    int i32le(int at) {
        return u16le(at) | u16le(at + 2) << 16;
    }

    /** Copies a part; empty when it does not lie inside the file. */
    byte[] part(int from, int length) {
        if (from < 0 || length < 0 || from > data.length - length) {
            return new byte[0];
        }
        return Arrays.copyOfRange(data, from, from + length);
    }

    static FacetException cutShort() {
        return new FacetException(
                ErrorCode.IMAGE_UNREADABLE, "the picture is cut short; send the whole file");
    }
}
