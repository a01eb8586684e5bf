package io.facet.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A face as a point on the unit sphere of its {@link EmbeddingSpace}. Immutable: finite, unit
 * length within 1e-3, of the space's dimension. Personal data: {@link #toString} shows none of it.
 */
public final class Embedding {
    private final EmbeddingSpace space;
    private final float[] values;

    private Embedding(EmbeddingSpace space, float[] values) {
        this.space = space;
        this.values = values;
    }

    /**
     * Takes a raw network output and brings it to unit length. Copies.
     *
     * @throws IllegalArgumentException for a wrong dimension, NaN, infinity or a zero vector
     */
    public static Embedding normalised(EmbeddingSpace space, float[] raw) {
        requireDimension(space, raw.length);
        double norm = norm(raw);
        if (!(norm > 1e-6) || !Double.isFinite(norm)) {
            throw new IllegalArgumentException("an embedding is finite and not zero");
        }
        float[] unit = new float[raw.length];
        for (int i = 0; i < raw.length; i++) {
            unit[i] = (float) (raw[i] / norm);
        }
        return new Embedding(space, unit);
    }

    /**
     * Reads little-endian float32, the form used at rest and on the wire.
     *
     * @throws IllegalArgumentException when the bytes are no unit vector of the space
     */
    public static Embedding fromBytes(EmbeddingSpace space, byte[] bytes) {
        if (bytes.length != space.dimension() * Float.BYTES) {
            throw new IllegalArgumentException(
                    bytes.length + " bytes are no embedding of dimension " + space.dimension());
        }
        float[] values = new float[space.dimension()];
        floats(bytes).get(values);
        double norm = norm(values);
        if (!(Math.abs(norm - 1) < 1e-3)) {
            throw new IllegalArgumentException("an embedding has unit length, not " + norm);
        }
        return new Embedding(space, values);
    }

    public EmbeddingSpace space() {
        return space;
    }

    /** A copy of the unit vector. */
    public float[] toArray() {
        return values.clone();
    }

    /** Copies the unit vector into {@code target} from {@code offset} on; allocates nothing. */
    public void copyTo(float[] target, int offset) {
        System.arraycopy(values, 0, target, offset, values.length);
    }

    /** Little-endian float32. */
    public byte[] toBytes() {
        byte[] bytes = new byte[values.length * Float.BYTES];
        floats(bytes).put(values);
        return bytes;
    }

    /**
     * Cosine, -1 to 1.
     *
     * @throws IllegalArgumentException when the other embedding is of another space
     */
    public float similarity(Embedding other) {
        if (!space.equals(other.space)) {
            throw new IllegalArgumentException(
                    "embeddings of different spaces cannot be compared: "
                            + space.id()
                            + ", "
                            + other.space.id());
        }
        float dot = 0;
        for (int i = 0; i < values.length; i++) {
            dot += values[i] * other.values[i];
        }
        return Math.clamp(dot, -1f, 1f);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Embedding that
                && space.equals(that.space)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * space.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Embedding[" + space.id() + ", " + values.length + " floats]";
    }

    private static void requireDimension(EmbeddingSpace space, int length) {
        if (length != space.dimension()) {
            throw new IllegalArgumentException(
                    length + " floats where the space has " + space.dimension());
        }
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float v : values) {
            sum += (double) v * v;
        }
        return Math.sqrt(sum);
    }

    private static FloatBuffer floats(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }
}
