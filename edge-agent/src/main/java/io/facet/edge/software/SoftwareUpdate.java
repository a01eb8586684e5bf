package io.facet.edge.software;

import io.facet.edge.camera.CameraFleet;
import io.facet.edge.software.Product.Finding;
import io.facet.edge.software.Standing.State;
import io.facet.edge.sync.HubGallery;
import io.facet.error.FacetException;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.wire.v1.ReportedSoftware;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what the hub wants this box to run, product by product, and commits the models that are
 * on trial once they have settled. One thread of its own, from {@link #begin} on; thread-safe.
 */
public final class SoftwareUpdate implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SoftwareUpdate.class);
    private static final long LOOK_EVERY_MS = 1000;

    private final Setting setting;
    private final ModelSlots slots;
    private final String startedWith;
    private final WantedFile wanted;
    private final Board board;
    private final Downloads downloads;
    private final ModelsUpdate models;
    private final List<Line> lines;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private final long began;
    private long followed = -1;
    private volatile boolean closing;

    /**
     * What it needs of the agent.
     *
     * @param version of the agent
     * @param pack of the models in use
     * @param configured resolves the pack that the configuration names
     * @param signer of packs: the hub's pinned key
     * @param galleries opens the gallery of a pack that is not in use
     * @param faces known now
     * @param fleet shows when nobody is in front of a camera
     * @param nanos the monotonic clock
     */
    public record Setting(
            Path data,
            Host host,
            String version,
            String pack,
            Supplier<ResolvedPack> configured,
            HubGallery.Signer signer,
            StagedGallery.Opener galleries,
            IntSupplier faces,
            CameraFleet fleet,
            LongSupplier nanos,
            RandomGenerator random) {}

    /** Wires it for an agent whose models were loaded by that start. */
    public SoftwareUpdate(Setting setting, ModelStart start, HubArtefacts source) {
        this(setting, start.slots(), source);
    }

    SoftwareUpdate(Setting setting, ModelSlots slots, ArtefactSource source) {
        this.setting = setting;
        this.slots = slots;
        this.startedWith = slots.state().running();
        Path folder = setting.data().resolve("software");
        this.wanted = new WantedFile(folder.resolve("wanted"));
        this.board = new Board(folder.resolve("standing.json"), setting.nanos());
        this.downloads = new Downloads(folder.resolve("artefacts"), source, Patience.USUAL);
        Product.Parts parts =
                new Product.Parts(
                        downloads,
                        setting.host(),
                        new Quiet(
                                setting.fleet(), setting.host().timing().calm(), setting.nanos()));
        this.models =
                new ModelsUpdate(
                        parts,
                        slots,
                        new ModelsUpdate.Models(
                                setting.pack(),
                                setting.configured(),
                                setting.signer(),
                                setting.galleries(),
                                setting.faces()));
        this.lines =
                List.of(
                        line(
                                new ReleaseUpdate(
                                        parts, setting.version(), folder.resolve("verdict"))),
                        line(models));
        this.began = setting.nanos().getAsLong();
        lines.forEach(line -> board.tell(before(line.product(), wanted.now())));
        this.thread = Thread.ofPlatform().daemon().name("software").unstarted(this::run);
    }

    /** A product, and when it is tried again. */
    private record Line(Product product, Retry retry) {}

    private Line line(Product product) {
        return new Line(product, new Retry(setting.nanos(), setting.random()));
    }

    /** The agent is ready: begins to follow the hub's wish. */
    public void begin() {
        thread.start();
    }

    /**
     * Takes a DesiredSoftware from the hub; never blocks.
     *
     * @throws FacetException {@code INVALID_ARGUMENT} when it is none
     */
    public void desired(byte[] message) {
        wanted.accept(message);
        wake.release();
    }

    /** The hub says its gallery is at a revision; never blocks. */
    public void announced(long revision) {
        models.announced(revision);
    }

    /** Calls the listener, from any thread, soon after a report has changed. */
    public void onChange(Runnable listener) {
        board.onChange(listener);
    }

    /** How this box stands to each product, for the hub. */
    public List<ReportedSoftware> reports() {
        return board.standings().stream().map(Standing::toWire).toList();
    }

    /** The same for people and programs on this box. */
    public List<Map<String, Object>> shown() {
        return board.standings().stream().map(Standing::toMap).toList();
    }

    private void run() {
        while (!closing) {
            try {
                look();
                if (wake.tryAcquire(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            } catch (InterruptedException _) {
                LOG.debug("software interrupted");
            } catch (RuntimeException defect) {
                LOG.error("the software could not be looked after", defect);
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(60 * LOOK_EVERY_MS);
        } catch (InterruptedException _) {
            LOG.debug("software interrupted");
        }
    }

    private void look() throws InterruptedException {
        commitWhenSettled();
        Wanted now = wanted.now();
        if (now.revision() != followed) {
            followed = now.revision();
            lines.forEach(line -> line.retry().reset());
            downloads.keepOnly(hashes(now));
        }
        for (Line line : lines) {
            if (now.revision() > 0 && line.retry().due()) {
                follow(line, now);
            }
        }
    }

    private static Set<String> hashes(Wanted now) {
        Set<String> hashes = new HashSet<>();
        now.release().map(Artefact::sha256).ifPresent(hashes::add);
        now.models().map(Artefact::sha256).ifPresent(hashes::add);
        return hashes;
    }

    private void commitWhenSettled() {
        String trial = slots.state().trial();
        long ran = setting.nanos().getAsLong() - began;
        if (!trial.isEmpty()
                && trial.equals(startedWith)
                && ran >= setting.host().timing().settled().toNanos()) {
            slots.commit();
            LOG.info("models {} are in use from now on", trial);
        }
    }

    /** How it stands before anything is done for the wish. */
    private static Standing before(Product product, Wanted now) {
        Optional<Artefact> artefact = product.of(now);
        if (now.revision() == 0) {
            return Standing.current(product.name(), product.version());
        }
        Finding found = product.known(artefact).orElse(Finding.of(State.DOWNLOADING));
        return new Standing(
                product.name(),
                product.version(),
                now.revision(),
                artefact.map(Artefact::sha256).orElse(""),
                found.state(),
                found.reason(),
                found.here() ? artefact.map(Artefact::size).orElse(0L) : 0);
    }

    private void follow(Line line, Wanted now) throws InterruptedException {
        Product product = line.product();
        Standing before = before(product, now);
        Arrived arrived = new Arrived(line.retry(), before.with(State.DOWNLOADING, ""));
        try {
            Finding found = product.step(product.of(now), arrived);
            long all = product.of(now).map(Artefact::size).orElse(0L);
            board.tell(
                    before.with(found.here() ? all : arrived.bytes)
                            .with(found.state(), found.reason()));
        } catch (FacetException failure) {
            line.retry().failed();
            board.tell(before.with(arrived.bytes).with(State.DOWNLOADING, Verdict.reason(failure)));
        }
    }

    /** Tells how far a download is; one that goes on is not made to wait longer and longer. */
    private final class Arrived implements Product.Progress {
        private final Retry retry;
        private final Standing standing;
        private long bytes;

        Arrived(Retry retry, Standing standing) {
            this.retry = retry;
            this.standing = standing;
        }

        @Override
        public void accept(long now) {
            if (bytes > 0 && now > bytes) {
                retry.reset();
            }
            bytes = now;
            board.tell(standing.with(now));
        }
    }

    /** Ends; what is on trial or on its way goes on with the next start. */
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        models.close();
        if (slots.state().trial().equals(startedWith)) {
            slots.stopped();
        }
    }
}
