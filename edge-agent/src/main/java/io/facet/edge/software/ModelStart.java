package io.facet.edge.software;

import io.facet.error.FacetException;
import io.facet.vision.catalog.PackFolder;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.vision.pipeline.PackVision;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the models of a start: the pack on trial, when it gives its known answers in time, else the
 * one in use. Only one pack is in memory at a time. Used once, by one thread.
 */
public final class ModelStart {
    private static final Logger LOG = LoggerFactory.getLogger(ModelStart.class);

    private final ModelSlots slots;
    private final Loader loader;
    private final Host host;

    /** Loads packs. */
    public interface Loader {
        /** The pack that the configuration names; may take minutes the first time. */
        ResolvedPack configured();

        /**
         * Loads a pack.
         *
         * @throws FacetException when it cannot run
         */
        PackVision open(ResolvedPack pack);

        /** Why these models must not be used; empty when they passed their check. */
        Optional<String> flaw(PackVision vision);
    }

    /**
     * What a start begins with.
     *
     * @param flaw why no camera may be read
     * @param gallery file of the gallery that belongs to the models
     */
    public record Started(PackVision vision, Optional<String> flaw, Path gallery) {}

    /**
     * Reads which models are in use.
     *
     * @param data the agent's data folder
     */
    public ModelStart(Path data, Loader loader, Host host) {
        this.slots = new ModelSlots(data);
        this.loader = loader;
        this.host = host;
    }

    /** Where it stands, for {@link SoftwareUpdate}. */
    ModelSlots slots() {
        return slots;
    }

    /**
     * Loads them.
     *
     * @throws FacetException when the models in use cannot run
     */
    public Started start() {
        slots.begin();
        String trial = slots.state().trial();
        if (!trial.isEmpty()) {
            Optional<Started> good = tryOut(trial);
            if (good.isPresent()) {
                return good.get();
            }
        }
        PackVision vision = loader.open(current());
        return new Started(vision, loader.flaw(vision), slots.gallery(slots.state().current()));
    }

    /** Loads the pack on trial; empty when it was rolled back. */
    private Optional<Started> tryOut(String trial) {
        LOG.info("models {} are on trial", trial);
        try (Deadline _ = new Deadline(host, slots)) {
            PackVision vision = loader.open(resolve(trial));
            Optional<String> flaw = loader.flaw(vision);
            if (flaw.isEmpty()) {
                return Optional.of(new Started(vision, flaw, slots.gallery(trial)));
            }
            vision.close();
            slots.rollBack("failed their check: " + flaw.get());
        } catch (FacetException failure) {
            slots.rollBack("cannot be loaded: " + failure.reason());
        }
        return Optional.empty();
    }

    private ResolvedPack current() {
        String current = slots.state().current();
        try {
            return resolve(current);
        } catch (FacetException damaged) {
            if (current.equals(ModelSlots.CONFIGURED)) {
                throw damaged;
            }
            slots.loseCurrent(damaged.reason());
            return loader.configured();
        }
    }

    private ResolvedPack resolve(String id) {
        return id.equals(ModelSlots.CONFIGURED)
                ? loader.configured()
                : PackFolder.open(slots.pack(id));
    }

    /** Ends a process whose trial hangs in native code, where nothing else would. */
    private static final class Deadline implements AutoCloseable {
        private final Thread thread;

        Deadline(Host host, ModelSlots slots) {
            this.thread =
                    Thread.ofPlatform().daemon().name("trial").start(() -> await(host, slots));
        }

        private static void await(Host host, ModelSlots slots) {
            try {
                Thread.sleep(host.timing().ready());
                slots.rollBack(
                        "were not ready within " + host.timing().ready().toSeconds() + " seconds");
                host.restart().hung();
            } catch (InterruptedException inTime) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
