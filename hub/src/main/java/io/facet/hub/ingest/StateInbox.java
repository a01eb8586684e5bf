package io.facet.hub.ingest;

import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.error.FacetException;
import io.facet.hub.cameras.CameraState;
import io.facet.hub.cameras.CameraStates;
import io.facet.hub.cameras.CameraStore;
import io.facet.hub.cameras.Funnel;
import io.facet.hub.devices.DeviceReport;
import io.facet.hub.devices.Devices;
import io.facet.hub.devices.Presence;
import io.facet.hub.devices.SoftwareReport;
import io.facet.model.AgentId;
import io.facet.model.Camera;
import io.facet.model.CameraId;
import io.facet.wire.WireIds;
import io.facet.wire.WireTimes;
import io.facet.wire.v1.AgentState;
import io.facet.wire.v1.CameraCounts;
import io.facet.wire.v1.ReportedCamera;
import io.facet.wire.v1.ReportedSoftware;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What boxes say of themselves and their cameras. Thread-safe. */
final class StateInbox {
    private static final Logger LOG = LoggerFactory.getLogger(StateInbox.class);
    private static final int LONGEST_TEXT = 500;
    private static final int MOST_REASONS = 32;
    private static final int MOST_PRODUCTS = 8;
    private static final int LONGEST_DIGEST = 64;

    private final Devices devices;
    private final CameraStore cameras;
    private final CameraStates states;
    private final Presence presence;
    private final Consumer<AgentId> reported;

    /**
     * Wires it.
     *
     * @param reported told after a box said how it is
     */
    StateInbox(
            Devices devices,
            CameraStore cameras,
            CameraStates states,
            Presence presence,
            Consumer<AgentId> reported) {
        this.reported = reported;
        this.presence = presence;
        this.devices = devices;
        this.cameras = cameras;
        this.states = states;
    }

    /**
     * Takes in a message.
     *
     * @param fresh said just now; the broker keeps what a box said last, and may still give it out
     *     when the box is long dead
     */
    void take(AgentId agent, byte[] payload, boolean fresh) {
        if (payload.length == 0) {
            gone(agent);
            return;
        }
        AgentState state;
        DeviceReport report;
        try {
            state = AgentState.parseFrom(payload);
            report = report(state);
        } catch (InvalidProtocolBufferException
                | IllegalArgumentException
                | FacetException notAState) {
            LOG.warn("edge agent {} sent a message that is no state", agent);
            return;
        }
        switch (devices.report(agent, state.getOnline(), report, fresh)) {
            case KEPT -> {
                cameras(agent, state);
                reported.accept(agent);
            }
            case OVERTAKEN -> LOG.debug("edge agent {} has said something since", agent);
            case UNKNOWN ->
                    LOG.warn("edge agent {} is not registered; its state is ignored", agent);
        }
    }

    private void cameras(AgentId agent, AgentState state) {
        List<Camera> own = cameras.desired(agent).cameras();
        if (state.getOnline()) {
            states.report(own, reported(agent, state));
        } else {
            states.offline(own, agent);
        }
    }

    /** A box missed its reports, unless one was taken in meanwhile. */
    void silent(AgentId agent) {
        if (presence.isSilent(agent, SilenceWatch.LONGEST)) {
            gone(agent);
        }
    }

    /** No bytes: a state of nothing but defaults, or a retained one that was taken away. */
    private void gone(AgentId agent) {
        devices.gone(agent);
        states.offline(cameras.desired(agent).cameras(), agent);
    }

    private static DeviceReport report(AgentState s) {
        return new DeviceReport(
                cut(s.getVersion()),
                cut(s.getSpaceId()),
                s.getReady(),
                cut(s.getNotReadyReason()),
                WireTimes.instant(s.getAtUs()),
                s.getGalleryRevision(),
                s.getGallerySize(),
                s.getSpoolDepth(),
                s.getDroppedEvents(),
                s.getGalleryDigest().size() > LONGEST_DIGEST
                        ? ""
                        : HexFormat.of().formatHex(s.getGalleryDigest().toByteArray()),
                s.getBootId().isEmpty()
                        ? Optional.empty()
                        : Optional.of(WireIds.uuid("boot_id", s.getBootId())),
                s.getNumber(),
                s.hasLoad() ? sane(s.getLoad()) : Optional.empty(),
                s.hasTemperatureC() ? sane(s.getTemperatureC()) : Optional.empty(),
                cut(s.getArchitecture()),
                s.getSoftwareList().stream()
                        .limit(MOST_PRODUCTS)
                        .map(StateInbox::software)
                        .toList());
    }

    private static SoftwareReport software(ReportedSoftware s) {
        return new SoftwareReport(
                cut(s.getProduct()),
                cut(s.getVersion()),
                s.getRevision(),
                cut(s.getSha256()),
                cut(s.getState()),
                cut(s.getReason()),
                s.getBytes());
    }

    private static Optional<Float> sane(float figure) {
        return Float.isFinite(figure) ? Optional.of(figure) : Optional.empty();
    }

    private static Map<CameraId, CameraState> reported(AgentId agent, AgentState state) {
        Map<CameraId, CameraState> cameras = new HashMap<>();
        for (ReportedCamera camera : state.getCamerasList()) {
            try {
                cameras.put(
                        new CameraId(WireIds.uuid("camera_id", camera.getCameraId())),
                        new CameraState(
                                CameraState.Status.valueOf(
                                        camera.getState().toUpperCase(Locale.ROOT)),
                                cut(camera.getReason()),
                                camera.getWidth(),
                                camera.getHeight(),
                                camera.getFramesPerSecond(),
                                camera.getSinceUs() == 0
                                        ? Optional.empty()
                                        : Optional.of(WireTimes.instant(camera.getSinceUs())),
                                camera.getRulesRevision(),
                                camera.hasCounts()
                                        ? Optional.of(funnel(camera.getCounts()))
                                        : Optional.empty()));
            } catch (IllegalArgumentException | FacetException unknown) {
                LOG.warn("edge agent {} reports a camera in a way unknown here", agent);
            }
        }
        return cameras;
    }

    private static Funnel funnel(CameraCounts counts) {
        return new Funnel(
                WireTimes.instant(counts.getCountingSinceUs()),
                counts.getFramesRead(),
                counts.getFramesShed(),
                counts.getFramesOffSchedule(),
                counts.getFramesStill(),
                counts.getFramesAnalysed(),
                counts.getFramesBroken(),
                counts.getReconnects(),
                counts.getDetections(),
                reasons(counts.getIgnoredFacesMap()),
                counts.getTracks(),
                reasons(counts.getQualityFailuresMap()),
                counts.getLooks(),
                counts.getLivenessFailures(),
                counts.getKnown(),
                counts.getUnknown(),
                counts.getAmbiguous(),
                counts.getRecognised());
    }

    /** A box may not fill the memory and the metrics with words of its own. */
    private static Map<String, Long> reasons(Map<String, Long> counted) {
        Map<String, Long> kept = new HashMap<>();
        counted.forEach((key, count) -> {
            if (kept.size() < MOST_REASONS && key.matches("[a-z_]{1,40}")) {
                kept.put(key, count);
            }
        });
        return kept;
    }

    /** Bounded, and without the one character PostgreSQL cannot keep. */
    private static String cut(String text) {
        String kept = text.replace("\0", "");
        return kept.length() <= LONGEST_TEXT ? kept : kept.substring(0, LONGEST_TEXT);
    }
}
