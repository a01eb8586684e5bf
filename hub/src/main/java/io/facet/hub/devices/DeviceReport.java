package io.facet.hub.devices;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a box says of itself.
 *
 * @param space the embedding space of its models, hexadecimal; empty before they are loaded
 * @param ready its models passed the golden check
 * @param notReadyReason empty when ready
 * @param at the box's own clock
 * @param spoolDepth events waiting to be sent
 * @param droppedEvents events given up because the disk budget was spent
 * @param galleryDigest of what it holds, hexadecimal; empty when it does not say
 * @param boot of the agent that says it; empty for one of a release before
 * @param number counts what is said in a boot; 0 in a will
 * @param load runnable threads for each core in the last minute
 * @param temperature of its hottest sensor, degrees Celsius
 * @param architecture Debian's name; empty for a box of a release before
 * @param software one a product; empty for a box of a release before
 */
public record DeviceReport(
        String version,
        String space,
        boolean ready,
        String notReadyReason,
        Instant at,
        long galleryRevision,
        int gallerySize,
        int spoolDepth,
        long droppedEvents,
        String galleryDigest,
        Optional<UUID> boot,
        long number,
        Optional<Float> load,
        Optional<Float> temperature,
        String architecture,
        List<SoftwareReport> software) {
    public DeviceReport {
        software = List.copyOf(software);
    }

    /** What it says of a product. */
    public Optional<SoftwareReport> software(String product) {
        return software.stream().filter(s -> s.product().equals(product)).findFirst();
    }

    /** Whether this was said before the other, by the same agent process. */
    boolean isBefore(DeviceReport other) {
        return boot.isPresent() && boot.equals(other.boot) && number > 0 && number < other.number;
    }
}
