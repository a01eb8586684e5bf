package io.facet.model;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes version 7 UUIDs (RFC 9562, 5.7): 48 bits of Unix milliseconds, then a 12-bit counter that
 * keeps ids of one millisecond in order (method 1), then 62 random bits.
 *
 * <p>Strictly increasing per generator, also when the clock steps back: the last time is kept until
 * the clock has caught up. Thread-safe.
 */
public final class Uuid7 {
    private static final int COUNTER_LIMIT = 1 << 12;

    private final InstantSource clock;
    private final RandomGenerator random;
    private long lastMillis;
    private int counter;

    public Uuid7(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** The next id. */
    public synchronized UUID next() {
        long now = clock.millis();
        if (now > lastMillis) {
            lastMillis = now;
            counter = random.nextInt(COUNTER_LIMIT / 2);
        } else if (++counter == COUNTER_LIMIT) {
            lastMillis++;
            counter = 0;
        }
        long high = (lastMillis << 16) | 0x7000L | counter;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** Reads the canonical 36-character form; {@link UUID#fromString} alone takes shorter ones. */
    public static UUID parse(String text) {
        if (text.length() != 36) {
            throw new IllegalArgumentException("an id is a UUID of 36 characters");
        }
        return UUID.fromString(text);
    }

    /** Orders as the unsigned bytes do, which is by time; {@link UUID#compareTo} is signed. */
    public static int compare(UUID a, UUID b) {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }
}
