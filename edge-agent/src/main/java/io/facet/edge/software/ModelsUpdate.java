package io.facet.edge.software;

import io.facet.crypto.VerifyingKey;
import io.facet.edge.software.Standing.State;
import io.facet.edge.sync.HubGallery;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.error.FullDisk;
import io.facet.update.Manifest;
import io.facet.update.ModelArchive;
import io.facet.vision.catalog.PackFolder;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.vision.pipeline.SelfTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the wanted model pack beside the one in use, fills its gallery, and lets the next start
 * try it.
 *
 * <pre>
 *   downloading --whole, signed, answers known--> staged --gallery filled, quiet, start--> trial
 *        '------------> refused                                                              |
 *   current <--loaded, known answers given, settled------------------------------------------+
 *   rolled_back <--did not answer, was late, cut off three times-----------------------------'
 * </pre>
 *
 * <p>The networks of the new pack are first loaded at that start: two packs are never in memory.
 * Its templates are compared with nothing of the pack in use; both galleries have a file each.
 */
final class ModelsUpdate implements Product {
    private static final Logger LOG = LoggerFactory.getLogger(ModelsUpdate.class);

    /** Unpacked. */
    private static final long MOST_BYTES = 1L << 30;

    /** Of the faces known now, so many must be known with the new models, in hundredths. */
    private static final int FACES_NEEDED = 90;

    private final Parts parts;
    private final ModelSlots slots;
    private final Models models;
    private final String startedWith;
    private volatile Optional<Staged> staged = Optional.empty();

    /**
     * What it needs of the agent.
     *
     * @param version the pack in use
     * @param configured the pack that the configuration names
     * @param signer of packs
     * @param galleries opens the gallery of a pack that is not in use
     * @param faces known now
     */
    record Models(
            String version,
            Supplier<ResolvedPack> configured,
            HubGallery.Signer signer,
            StagedGallery.Opener galleries,
            IntSupplier faces) {}

    /** A pack that waits for its gallery, and for a quiet moment. */
    private record Staged(String id, StagedGallery gallery) {}

    ModelsUpdate(Parts parts, ModelSlots slots, Models models) {
        this.parts = parts;
        this.slots = slots;
        this.models = models;
        this.startedWith = slots.state().running();
    }

    @Override
    public String name() {
        return Manifest.MODELS;
    }

    @Override
    public String version() {
        return models.version();
    }

    @Override
    public Optional<Artefact> of(Wanted wanted) {
        return wanted.models();
    }

    @Override
    public Finding step(Optional<Artefact> wanted, Progress progress) throws InterruptedException {
        String id = ModelSlots.id(wanted);
        if (staged.filter(s -> !s.id().equals(id)).isPresent()) {
            close();
        }
        slots.forgetVerdictsBut(ModelSlots.asked(id));
        Optional<Finding> known = known(wanted);
        if (known.isPresent()) {
            return known.get();
        }
        String trial = slots.state().trial();
        if (!trial.isEmpty() && !trial.equals(id)) {
            slots.tryNext("");
        }
        try {
            return goOver(id, stage(wanted, id, progress));
        } catch (FacetException failure) {
            Finding refused = refuse(id, failure);
            wanted.ifPresent(parts.downloads()::forget);
            return refused;
        }
    }

    @Override
    public Optional<Finding> known(Optional<Artefact> wanted) {
        String id = ModelSlots.id(wanted);
        String trial = slots.state().trial();
        if (startedWith.equals(id)) {
            return Optional.of(trial.equals(id) ? Finding.of(State.TRIAL) : Finding.CURRENT);
        }
        if (!trial.isEmpty() && trial.equals(startedWith)) {
            return Optional.of(
                    new Finding(State.DOWNLOADING, "the models on trial have not settled yet"));
        }
        return slots.verdict()
                .filter(verdict -> verdict.sha256().equals(ModelSlots.asked(id)))
                .map(verdict -> new Finding(verdict.state(), verdict.reason()));
    }

    /**
     * @throws FacetException the failure, when it may be another one next time
     */
    private Finding refuse(String id, FacetException failure) {
        if (!Verdict.forGood(failure)) {
            throw failure;
        }
        Verdict verdict = new Verdict(ModelSlots.asked(id), State.REFUSED, Verdict.reason(failure));
        slots.note(verdict);
        slots.keepOnly(Set.of());
        return new Finding(verdict.state(), verdict.reason());
    }

    /** The pack whole and checked, its gallery being filled. */
    private Staged stage(Optional<Artefact> wanted, String id, Progress progress)
            throws InterruptedException {
        if (staged.isEmpty()) {
            ResolvedPack pack = pack(wanted, id, progress);
            staged = Optional.of(new Staged(id, models.galleries().open(slots.gallery(id), pack)));
        }
        return staged.get();
    }

    private ResolvedPack pack(Optional<Artefact> wanted, String id, Progress progress)
            throws InterruptedException {
        if (wanted.isEmpty()) {
            return models.configured().get();
        }
        slots.keepOnly(Set.of(id));
        if (!Files.isDirectory(slots.pack(id))) {
            unpack(parts.downloads().fetch(wanted.get(), progress), id);
            parts.downloads().forget(wanted.get());
        }
        ResolvedPack pack = PackFolder.open(slots.pack(id));
        List<String> unknown = SelfTest.unknown(pack);
        if (!unknown.isEmpty()) {
            throw new FacetException(
                    ErrorCode.MODEL_CORRUPT,
                    "this release knows no right answers of the pack's networks for "
                            + String.join(", ", unknown)
                            + ", so that nothing would tell whether they work; update the release"
                            + " first");
        }
        return pack;
    }

    private void unpack(Path archive, String id) throws InterruptedException {
        VerifyingKey key = models.signer().key();
        Path part = slots.packs().resolve(id + ".part");
        try {
            Folders.delete(part);
            Files.createDirectories(part);
            try (InputStream in = Files.newInputStream(archive)) {
                ModelArchive.unpack(in, key, ModelsUpdate::check, part);
            }
            Folders.publish(part, slots.pack(id));
        } catch (IOException failure) {
            throw new FacetException(
                    FullDisk.caused(failure) ? ErrorCode.DISK_FULL : ErrorCode.UNAVAILABLE,
                    "the models cannot be unpacked: " + failure,
                    failure);
        } finally {
            clear(part);
        }
    }

    private static void clear(Path part) {
        try {
            Folders.delete(part);
        } catch (IOException left) {
            LOG.debug("{} is left for the next time", part, left);
        }
    }

    private static void check(Manifest manifest) {
        long bytes = manifest.files().stream().mapToLong(Manifest.ReleaseFile::size).sum();
        if (bytes > MOST_BYTES) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "the models are larger than any may be");
        }
    }

    /** Once everybody is known with the new models, and nobody would notice, they are tried. */
    private Finding goOver(String id, Staged ready) {
        Optional<String> waits = waits(ready.gallery());
        if (waits.isPresent()) {
            return new Finding(State.STAGED, waits.get());
        }
        if (!slots.state().trial().equals(id)) {
            slots.tryNext(id);
        }
        boolean soon = parts.host().restart().again("models " + id + " are tried");
        return new Finding(State.STAGED, soon ? "" : "are tried when the agent starts again");
    }

    private Optional<String> waits(StagedGallery gallery) {
        if (!gallery.complete()) {
            return Optional.of(
                    gallery.trouble().isEmpty()
                            ? "the faces for these models are being fetched"
                            : gallery.trouble());
        }
        int now = models.faces().getAsInt();
        int then = gallery.faces();
        if ((long) then * 100 < (long) now * FACES_NEEDED) {
            return Optional.of(
                    "the hub has "
                            + then
                            + " faces for these models where this box knows "
                            + now
                            + "; enrol the others with them first");
        }
        if (parts.host().installation().filter(i -> i.slots().busy()).isPresent()) {
            return Optional.of("a release is on trial");
        }
        return parts.quiet().now()
                ? Optional.empty()
                : Optional.of("waits until no face is in front of a camera");
    }

    void announced(long revision) {
        staged.ifPresent(s -> s.gallery().announced(revision));
    }

    /** Lets go of what is staged. */
    void close() {
        staged.ifPresent(s -> s.gallery().close());
        staged = Optional.empty();
        parts.quiet().forget();
    }
}
