package io.facet.edge.uplink;

import io.facet.edge.camera.CameraStatus;
import io.facet.edge.health.Machine;
import io.facet.wire.v1.ReportedSoftware;
import java.util.List;

/**
 * What the agent reports of itself.
 *
 * @param space id of the embedding space of its models; empty before they are loaded
 * @param notReadyReason empty when ready
 * @param galleryDigest as io.facet.wire.GalleryDigest
 * @param software one a product
 * @param architecture Debian's name of the machine's
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record Vitals(
        String space,
        boolean ready,
        String notReadyReason,
        List<CameraStatus> cameras,
        long galleryRevision,
        byte[] galleryDigest,
        int gallerySize,
        Machine machine,
        List<ReportedSoftware> software,
        String architecture) {
    public Vitals {
        software = List.copyOf(software);
        cameras = List.copyOf(cameras);
    }
}
