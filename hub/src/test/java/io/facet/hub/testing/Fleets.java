package io.facet.hub.testing;

import io.facet.hub.devices.Device;
import io.facet.hub.devices.DeviceGroups;
import io.facet.hub.devices.DeviceReport;
import io.facet.hub.devices.SoftwareReport;
import io.facet.hub.software.Artefact;
import io.facet.hub.software.Plan;
import io.facet.hub.software.Rollout;
import io.facet.hub.software.Sha256;
import io.facet.hub.software.Stage;
import io.facet.model.AgentId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Boxes and roll-outs for tests without input or output. */
public final class Fleets {
    public static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    public static final Duration HOLD = Duration.ofMinutes(10);

    private Fleets() {}

    /** Release 2.0.0 for two kinds of machine. */
    public static Rollout rollout(Rollout.State state, Stage... stages) {
        List<Stage> all = stages.length == 0 ? List.of(everybody()) : List.of(stages);
        return new Rollout(
                new UUID(7, 7),
                "facet-edge",
                "2.0.0",
                List.of(artefact("amd64", "a"), artefact("arm64", "b")),
                new Plan(all, HOLD, 0, SiteScope.ALL),
                state,
                state == Rollout.State.HALTED ? "1 box failed" : "",
                0,
                Optional.empty(),
                0,
                "t",
                NOW,
                NOW);
    }

    public static Stage everybody() {
        return new Stage(Set.of(), 100);
    }

    private static Artefact artefact(String architecture, String digit) {
        return new Artefact(
                sha256(digit), "facet-edge", "2.0.0", architecture, 5, Optional.empty(), "t", NOW);
    }

    /** A file of models for every machine. */
    public static Artefact models() {
        return new Artefact(
                sha256("c"), "facet-models", "open", "all", 5, Optional.of("space"), "t", NOW);
    }

    public static Sha256 sha256(String digit) {
        return new Sha256(digit.repeat(64));
    }

    /** One that is connected and has said nothing. */
    public static Device silent(String name) {
        return new Device(
                new AgentId(name),
                SiteId.DEFAULT,
                NOW,
                true,
                Optional.of(NOW),
                DeviceGroups.NONE,
                Optional.empty());
    }

    /** One that runs a version. */
    public static Device box(String name, String version, String... groups) {
        return says(silent(name), groups, version, "amd64", List.of());
    }

    /** What it says of a release that it was asked for. */
    public static Device answers(Device box, String version, String state, long revision) {
        SoftwareReport answer =
                new SoftwareReport(
                        "facet-edge",
                        version,
                        revision,
                        sha256("a").hex(),
                        state,
                        state.equals("rolled_back") ? "not ready in time" : "",
                        3);
        return says(
                box,
                box.groups().labels().toArray(String[]::new),
                version,
                "amd64",
                List.of(answer));
    }

    public static Device says(
            Device box,
            String[] groups,
            String version,
            String architecture,
            List<SoftwareReport> software) {
        DeviceReport report =
                new DeviceReport(
                        version,
                        "",
                        true,
                        "",
                        NOW,
                        0,
                        0,
                        0,
                        0,
                        "",
                        Optional.empty(),
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        architecture,
                        software);
        return with(box, box.online(), new DeviceGroups(Set.of(groups)), Optional.of(report));
    }

    public static Device offline(Device box) {
        return with(box, false, box.groups(), box.report());
    }

    private static Device with(
            Device box, boolean online, DeviceGroups groups, Optional<DeviceReport> report) {
        return new Device(
                box.agent(),
                box.site(),
                box.registeredAt(),
                online,
                box.lastSeen(),
                groups,
                report);
    }
}
