package io.facet.edge.uplink;

import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.crypto.AtRest;
import io.facet.crypto.KeyFile;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.AgentId;
import io.facet.model.Camera;
import io.facet.model.CameraId;
import io.facet.model.CameraSource;
import io.facet.model.SiteId;
import io.facet.wire.WireIds;
import io.facet.wire.WireRules;
import io.facet.wire.v1.DesiredCamera;
import io.facet.wire.v1.DesiredCameras;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cameras the hub wants read, remembered so that they start without it. Encrypted: their
 * addresses hold passwords. Not thread-safe.
 */
public final class DesiredCamerasFile {
    private static final Logger LOG = LoggerFactory.getLogger(DesiredCamerasFile.class);
    private static final byte[] CONTEXT = "cameras".getBytes(StandardCharsets.US_ASCII);

    private final Path file;
    private final AtRest box;
    private final AgentId agent;

    public DesiredCamerasFile(Path file, AtRest box, AgentId agent) {
        this.file = file;
        this.box = box;
        this.agent = agent;
    }

    /** The cameras last asked for; none when nobody asked yet, or the file is lost. */
    public List<Camera> read() {
        try {
            return KeyFile.read(file)
                    .map(sealed -> parse(box.open(sealed, CONTEXT)))
                    .orElse(List.of());
        } catch (FacetException unreadable) {
            LOG.warn("the list of cameras is unreadable and waits for the hub");
            return List.of();
        }
    }

    /**
     * Takes the list from the hub.
     *
     * @throws FacetException {@code INVALID_ARGUMENT} when it is none
     */
    List<Camera> accept(byte[] message) {
        List<Camera> cameras = parse(message);
        try {
            KeyFile.write(file, box.seal(message, CONTEXT));
        } catch (FacetException fullDisk) {
            LOG.warn("the list of cameras could not be remembered: {}", fullDisk.reason());
        }
        return cameras;
    }

    private List<Camera> parse(byte[] message) {
        try {
            List<Camera> cameras = new ArrayList<>();
            for (DesiredCamera wire : DesiredCameras.parseFrom(message).getCamerasList()) {
                try {
                    cameras.add(camera(wire));
                } catch (IllegalArgumentException | FacetException impossible) {
                    LOG.warn(
                            "a camera cannot be read and is left out: {}", impossible.getMessage());
                }
            }
            return cameras;
        } catch (InvalidProtocolBufferException damaged) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the list of cameras is malformed; check the versions of hub and agent",
                    damaged);
        }
    }

    private Camera camera(DesiredCamera wire) {
        return new Camera(
                new CameraId(WireIds.uuid("camera_id", wire.getCameraId())),
                wire.getName(),
                new SiteId(wire.getSiteId()),
                agent,
                source(wire),
                WireRules.from(wire.getRules()));
    }

    private static CameraSource source(DesiredCamera wire) {
        return switch (wire.getSourceCase()) {
            case ADDRESS -> new CameraSource.Stream(address(wire.getAddress()));
            case DEVICE_INDEX -> new CameraSource.Device(wire.getDeviceIndex());
            case SOURCE_NOT_SET ->
                    throw new IllegalArgumentException(
                            "its kind of source is unknown here; update the agent");
        };
    }

    private static URI address(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException withPassword) {
            // The message of the cause would quote the address, and with it a password.
            throw new IllegalArgumentException("its address is no URI");
        }
    }
}
