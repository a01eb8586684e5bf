package io.facet.hub.software;

import io.facet.crypto.SigningKeyPair;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.models.PackSource;
import io.facet.hub.software.ArtefactFiles.Arrived;
import io.facet.model.AgentId;
import io.facet.update.Manifest;
import io.facet.update.ModelArchive;
import io.facet.update.ReleaseArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Artefacts over a folder and a store. A release's signature is the vendor's, whose key boxes have
 * and the hub has not: it keeps what it is given, and boxes check. Thread-safe.
 */
public final class Artefacts implements ArtefactService {
    /** The product of boxes. */
    public static final String EDGE = "facet-edge";

    /** Files given out at once; more would starve the API of disk and network. */
    static final int AT_ONCE = 16;

    private static final String RETRY_SECONDS = "15";

    private final ArtefactStore store;
    private final ArtefactFiles files;
    private final PackSource packs;
    private final SigningKeyPair key;
    private final InstantSource clock;
    private final Semaphore room = new Semaphore(AT_ONCE);

    /**
     * Wires it.
     *
     * @param key signs model packs; boxes know it as the gallery's
     */
    public Artefacts(
            ArtefactStore store,
            ArtefactFiles files,
            PackSource packs,
            SigningKeyPair key,
            InstantSource clock) {
        this.store = store;
        this.files = files;
        this.packs = packs;
        this.key = key;
        this.clock = clock;
    }

    @Override
    public Artefact add(InputStream release, String by) throws IOException {
        try (Arrived arrived = files.take(release)) {
            Manifest manifest;
            try (InputStream in = Files.newInputStream(arrived.part())) {
                manifest = ReleaseArchive.peek(in);
            }
            if (!manifest.product().equals(EDGE)) {
                throw new FacetException(
                        ErrorCode.INVALID_ARGUMENT,
                        "this is a release of " + manifest.product() + "; boxes run " + EDGE);
            }
            return keep(arrived, manifest, Optional.empty(), by);
        }
    }

    @Override
    public Artefact addModels(String pack, String by) throws IOException {
        AtomicReference<String> space = new AtomicReference<>("");
        try (Arrived arrived =
                files.make((scratch, out) -> {
                    PackSource.Copied copied = packs.copy(pack, scratch);
                    space.set(copied.space().id());
                    ModelArchive.write(scratch, copied.name(), key, out);
                })) {
            Manifest manifest;
            try (InputStream in = Files.newInputStream(arrived.part())) {
                manifest = ModelArchive.peek(in);
            }
            return keep(arrived, manifest, Optional.of(space.get()), by);
        }
    }

    /** The file first: a row without one would be handed out. */
    private Artefact keep(Arrived arrived, Manifest m, Optional<String> space, String by) {
        arrived.keep();
        return store.add(
                new Artefact(
                        arrived.sha256(),
                        m.product(),
                        m.version(),
                        m.architecture(),
                        arrived.size(),
                        space,
                        by,
                        clock.instant()));
    }

    @Override
    public List<Artefact> list() {
        return store.list();
    }

    @Override
    public Optional<Artefact> get(Sha256 sha256) {
        return store.get(sha256);
    }

    @Override
    public boolean isHere(Sha256 sha256) {
        return files.find(sha256).isPresent();
    }

    @Override
    public boolean remove(Sha256 sha256) {
        return switch (store.remove(sha256)) {
            case REMOVED -> {
                files.delete(sha256);
                yield true;
            }
            case NOT_THERE -> false;
            case IN_USE ->
                    throw new FacetException(
                            ErrorCode.CONFLICT,
                            "a roll-out asks for this artefact, or a box is to run it; stop the"
                                    + " roll-out, and give the boxes another one first");
        };
    }

    @Override
    public Handed hand(AgentId agent, Sha256 sha256) {
        if (!store.isFor(agent, sha256)) {
            throw new FacetException(ErrorCode.NOT_FOUND, "this box is to have no such artefact");
        }
        Path file =
                files.find(sha256)
                        .orElseThrow(() ->
                                later(
                                        "this hub does not have the artefact's file; add it to this"
                                                + " hub, too"));
        if (!room.tryAcquire()) {
            throw later("many boxes fetch at present; ask again later");
        }
        return new Reading(file);
    }

    private static FacetException later(String why) {
        return new FacetException(ErrorCode.UNAVAILABLE, why, Map.of("retry_after", RETRY_SECONDS));
    }

    /** Holds one of the places. */
    private final class Reading implements Handed {
        private final Path file;
        private final AtomicBoolean closed = new AtomicBoolean();

        Reading(Path file) {
            this.file = file;
        }

        @Override
        public Path file() {
            return file;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                room.release();
            }
        }
    }
}
