package io.facet.hub.software;

import io.facet.hub.devices.Device;
import io.facet.hub.devices.DeviceReport;
import io.facet.hub.devices.SoftwareReport;
import io.facet.update.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A box as a roll-out sees it.
 *
 * @param asked empty while it was not asked
 */
public record Member(Device device, Standing standing, String reason, Optional<Asked> asked) {
    /** How a box stands now, by what it said last. */
    static Member of(Rollout rollout, Device device, Optional<Asked> asked, Instant now) {
        if (asked.isEmpty()) {
            return notAsked(rollout, device);
        }
        Asked present =
                device.report().map(r -> heard(rollout, asked.get(), r, now)).orElse(asked.get());
        return new Member(device, present.standing(), present.reason(), Optional.of(present));
    }

    private static Member notAsked(Rollout rollout, Device device) {
        Optional<DeviceReport> report = device.report().filter(r -> !r.architecture().isEmpty());
        if (report.isEmpty()) {
            return unasked(device, Standing.WAITING, "the box has not said what machine it is");
        }
        String machine = report.get().architecture();
        Optional<Artefact> artefact = rollout.artefactFor(machine);
        if (artefact.isEmpty()) {
            return unasked(device, Standing.PASSED_OVER, "nothing here is for " + machine);
        }
        return rollout.ofModels()
                ? unasked(device, models(report.get(), artefact.get()), "")
                : release(rollout, device, report.get());
    }

    private static Standing models(DeviceReport report, Artefact artefact) {
        boolean has =
                report.software(artefact.product())
                        .filter(s -> s.sha256().equals(artefact.sha256().hex()))
                        .filter(s -> s.state().equals(Standing.CURRENT.wireName()))
                        .isPresent();
        return has ? Standing.CURRENT : Standing.WAITING;
    }

    private static Member release(Rollout rollout, Device device, DeviceReport report) {
        String runs = inUse(rollout, report);
        Version mine;
        try {
            mine = new Version(runs);
        } catch (IllegalArgumentException noRelease) {
            return unasked(device, Standing.PASSED_OVER, "it runs no release, but " + runs);
        }
        int order = mine.compareTo(new Version(rollout.version()));
        if (order == 0) {
            return unasked(device, Standing.CURRENT, "");
        }
        return order < 0
                ? unasked(device, Standing.WAITING, "")
                : unasked(device, Standing.PASSED_OVER, "it runs the newer " + runs);
    }

    private static Member unasked(Device device, Standing standing, String reason) {
        if (standing == Standing.WAITING && reason.isEmpty() && !device.online()) {
            return unasked(device, standing, "the box is not connected");
        }
        return new Member(device, standing, reason, Optional.empty());
    }

    private static String inUse(Rollout rollout, DeviceReport report) {
        return report.software(rollout.product())
                .map(SoftwareReport::version)
                .orElse(report.version());
    }

    /** What was asked before this is answered by an older revision, and says nothing of it. */
    private static Asked heard(Rollout rollout, Asked asked, DeviceReport report, Instant now) {
        Optional<SoftwareReport> said = report.software(rollout.product());
        boolean runs = !rollout.ofModels() && inUse(rollout, report).equals(rollout.version());
        Optional<SoftwareReport> answer =
                said.filter(s -> s.revision() >= asked.revision())
                        .filter(s -> s.sha256().equals(asked.artefact().hex()));
        Optional<Standing> word = answer.flatMap(s -> Standing.of(s.state()));
        String why = answer.map(SoftwareReport::reason).orElse(asked.reason());
        long bytes = answer.map(SoftwareReport::bytes).orElse(asked.bytes());
        Standing standing = word.orElse(asked.standing());
        if (runs && standing != Standing.TRIAL) {
            standing = Standing.CURRENT;
        } else if (!runs && !rollout.ofModels() && standing == Standing.CURRENT) {
            // Answered, and not there yet; or put back to a former one by hand.
            standing = Standing.ASKED;
        }
        return asked.now(standing, standing == Standing.CURRENT ? "" : why, bytes, now);
    }

    /** Whether one of these stages reaches it. */
    boolean isReachedBy(List<Stage> stages) {
        return stages.stream().anyMatch(s -> s.reaches(device.agent(), device.groups()));
    }

    /** It can be asked, and is there to hear it. */
    boolean canBeAsked() {
        return standing == Standing.WAITING
                && device.online()
                && device.report().filter(r -> !r.architecture().isEmpty()).isPresent();
    }

    /**
     * It is about to change, or has changed and is not well. One that did not begin and is away
     * keeps nobody waiting; one that went away on the way does.
     */
    boolean isUnsettled() {
        return switch (standing) {
            case DOWNLOADING, STAGED, TRIAL -> true;
            case ASKED -> device.online();
            case CURRENT -> device.online() && !isReady();
            case WAITING -> canBeAsked();
            case PASSED_OVER, REFUSED, ROLLED_BACK -> false;
        };
    }

    /** It runs what was rolled out, and does its work. */
    boolean isProof() {
        return standing == Standing.CURRENT && device.online() && isReady();
    }

    private boolean isReady() {
        return device.report().filter(DeviceReport::ready).isPresent();
    }
}
