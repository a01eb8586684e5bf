package io.facet.vision.catalog;

/**
 * Terms of a network's weights.
 *
 * @param spdx SPDX identifier, or {@code LicenseRef-...}
 * @param attribution whose work it is
 * @param url the terms
 * @param acceptanceNeeded whether nobody may fetch it before having accepted the terms
 */
public record Licence(String spdx, String attribution, String url, boolean acceptanceNeeded) {}
