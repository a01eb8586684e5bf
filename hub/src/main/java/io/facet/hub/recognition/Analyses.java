package io.facet.hub.recognition;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.facet.hub.people.Pictures;
import io.facet.vision.image.Image;
import io.facet.vision.pipeline.FaceOutcome;
import io.facet.vision.pipeline.Vision;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the networks see in a picture, kept for a minute by the hash of the file, so that the same
 * picture sent again is not looked at again.
 *
 * <p>What is kept depends on the file and the networks alone. Whose faces they are does not belong
 * to it: that is searched anew every time, so nothing stale is said after an enrolment or a
 * deletion, and nothing of one caller's answer reaches another. Thread-safe.
 */
final class Analyses {
    private static final int MOST_FACES = 4096;
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final Vision vision;
    private final Pictures pictures;
    private final Vision.Wanted wanted;
    private final Cache<String, Analysis> seen;

    /** The faces of a picture of this size. */
    record Analysis(int width, int height, List<FaceOutcome> faces) {
        Analysis {
            faces = List.copyOf(faces);
        }
    }

    Analyses(Vision vision, Pictures pictures, Vision.Wanted wanted, InstantSource clock) {
        this.vision = vision;
        this.pictures = pictures;
        this.wanted = wanted;
        Ticker ticker = () -> clock.millis() * 1_000_000;
        this.seen =
                Caffeine.newBuilder()
                        .maximumWeight(MOST_FACES)
                        .weigher((String _, Analysis a) -> 1 + a.faces().size())
                        .expireAfterWrite(KEPT)
                        .ticker(ticker)
                        .build();
    }

    /** Looks at a picture; errors are those of {@link Pictures#decode} and are not kept. */
    Analysis of(byte[] file) {
        String key = hash(file);
        @Nullable Analysis known = seen.getIfPresent(key);
        if (known != null) {
            return known;
        }
        // Not under the cache's lock: pictures that happen to share one would wait for each other.
        Image image = pictures.decode(file);
        Analysis fresh = new Analysis(image.width(), image.height(), vision.analyse(image, wanted));
        seen.put(key, fresh);
        return fresh;
    }

    private static String hash(byte[] file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
