package io.facet.hub.devices;

/**
 * How a box stands to one product that it runs, and was asked to run.
 *
 * @param product such as {@code facet-edge}
 * @param version in use
 * @param revision of what was asked of it that this answers; 0 before anything was
 * @param sha256 of the artefact that was asked for; empty when none was
 * @param state {@code current, downloading, staged, trial, refused} or {@code rolled_back}; a box
 *     of a later release may say others
 * @param reason why refused or rolled back, or what keeps the download
 * @param bytes of the artefact that have arrived
 */
public record SoftwareReport(
        String product,
        String version,
        long revision,
        String sha256,
        String state,
        String reason,
        long bytes) {}
