package io.facet.hub;

import io.facet.crypto.SigningKeyPair;
import io.facet.hub.devices.Devices;
import io.facet.hub.models.ModelService;
import io.facet.hub.models.PackSource;
import io.facet.hub.models.Progress;
import io.facet.hub.software.ArtefactFiles;
import io.facet.hub.software.Artefacts;
import io.facet.hub.software.RolloutWatch;
import io.facet.hub.software.Rollouts;
import io.facet.hub.software.SoftwareListener;
import io.facet.lifecycle.Lifecycle;
import io.facet.model.Uuid7;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.Stream;

/** What boxes run: the files, the roll-outs, and who looks after those. */
record Software(Artefacts artefacts, Rollouts rollouts, RolloutWatch watch) {
    /**
     * What it is made of.
     *
     * @param files folder of the artefacts
     * @param key signs model packs
     * @param listener told of every box that is to run something else
     */
    record Parts(
            Stores stores,
            Path files,
            PackSource packs,
            SigningKeyPair key,
            Devices devices,
            ModelService models,
            SoftwareListener listener,
            Uuid7 ids,
            InstantSource clock) {}

    static Software start(Parts p, Lifecycle parts) {
        Artefacts artefacts =
                new Artefacts(
                        p.stores().artefacts(),
                        new ArtefactFiles(p.files()),
                        p.packs(),
                        p.key(),
                        p.clock());
        Rollouts rollouts =
                new Rollouts(
                        new Rollouts.Parts(
                                p.stores().rollouts(),
                                p.stores().artefacts(),
                                p.devices(),
                                space -> isPrepared(p.models(), space),
                                p.listener(),
                                p.ids(),
                                p.clock()));
        RolloutWatch watch = parts.start("roll-outs", () -> new RolloutWatch(rollouts::lookAfter));
        return new Software(artefacts, rollouts, watch);
    }

    /** Boxes with models that faces have no templates of would know nobody. */
    private static boolean isPrepared(ModelService models, String space) {
        return Stream.concat(Stream.of(models.present()), models.prepared().stream())
                .anyMatch(progress ->
                        progress.space().id().equals(space)
                                && progress.state() == Progress.State.COMPLETE);
    }
}
