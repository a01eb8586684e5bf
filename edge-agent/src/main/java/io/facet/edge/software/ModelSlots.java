package io.facet.edge.software;

import io.facet.crypto.KeyFile;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which models this box runs. Each pack is a folder named by its artefact, with its gallery in it;
 * {@link #CONFIGURED} is the one that the configuration names, with its gallery in the data folder.
 *
 * <pre>
 *   DATA/models/active     current, trial, former, trials: replaced as a whole
 *   DATA/models/verdict    why the last artefact that was asked for is not in use
 *   DATA/models/SHA256/    a pack, and gallery.db of its embedding space
 * </pre>
 *
 * <p>A trial is written down before its models are loaded, so that crashes and power cuts count:
 * after three the former pack runs again. Thread-safe.
 */
final class ModelSlots {
    static final String CONFIGURED = "configured";

    private static final Logger LOG = LoggerFactory.getLogger(ModelSlots.class);
    private static final int MOST_TRIALS = 3;
    private static final String GALLERY = "gallery.db";

    private final Path data;
    private final Path folder;
    private State state;

    /**
     * Where it stands.
     *
     * @param current in use, or the way back while another is on trial
     * @param trial empty without one
     * @param former the way back from the current one; empty without one
     * @param trials begun and not ended orderly
     */
    record State(String current, String trial, String former, int trials) {
        static final State FIRST = new State(CONFIGURED, "", "", 0);

        static State parse(String text) {
            Map<String, String> values = new HashMap<>();
            text.lines()
                    .forEach(line -> {
                        int at = line.indexOf('=');
                        values.put(line.substring(0, Math.max(0, at)), line.substring(at + 1));
                    });
            return new State(
                    values.getOrDefault("current", CONFIGURED),
                    values.getOrDefault("trial", ""),
                    values.getOrDefault("former", ""),
                    Integer.parseInt(values.getOrDefault("trials", "0")));
        }

        String text() {
            return "current=%s\ntrial=%s\nformer=%s\ntrials=%d\n"
                    .formatted(current, trial, former, trials);
        }

        /** What runs, on trial or not. */
        String running() {
            return trial.isEmpty() ? current : trial;
        }
    }

    /** Reads where it stands; a file that does not read means the configured models. */
    ModelSlots(Path data) {
        this.data = data;
        this.folder = data.resolve("models");
        this.state = read(folder.resolve("active"));
    }

    private static State read(Path file) {
        try {
            return KeyFile.read(file)
                    .map(bytes -> State.parse(new String(bytes, StandardCharsets.UTF_8)))
                    .orElse(State.FIRST);
        } catch (FacetException | NumberFormatException unreadable) {
            LOG.error("{} is unreadable; the models of the configuration are used", file);
            return State.FIRST;
        }
    }

    synchronized State state() {
        return state;
    }

    Path packs() {
        return folder;
    }

    /** The folder of a pack. */
    Path pack(String id) {
        return folder.resolve(id);
    }

    /** The gallery of a pack. */
    Path gallery(String id) {
        return id.equals(CONFIGURED) ? data.resolve(GALLERY) : pack(id).resolve(GALLERY);
    }

    synchronized Optional<Verdict> verdict() {
        return Verdict.read(folder.resolve("verdict"));
    }

    synchronized void note(Verdict verdict) {
        verdict.write(folder.resolve("verdict"));
    }

    /** Something else is asked for: what was refused may be tried again after that. */
    synchronized void forgetVerdictsBut(String asked) {
        Verdict.forgetBut(folder.resolve("verdict"), asked);
    }

    /** The next start tries this pack; an empty one: none. */
    synchronized void tryNext(String id) {
        save(new State(state.current(), id, state.former(), 0));
    }

    /** Counts a trial that begins; one too many ends it instead. */
    synchronized void begin() {
        if (state.trial().isEmpty()) {
            return;
        }
        if (state.trials() >= MOST_TRIALS) {
            rollBack("was cut off " + state.trials() + " times before it had settled");
        } else {
            save(new State(state.current(), state.trial(), state.former(), state.trials() + 1));
        }
    }

    /** An orderly end speaks neither for nor against a trial. */
    synchronized void stopped() {
        if (!state.trial().isEmpty() && state.trials() > 0) {
            save(new State(state.current(), state.trial(), state.former(), state.trials() - 1));
        }
    }

    /**
     * The pack on trial is in use from now on. The gallery of the former one goes: nobody keeps it
     * up to date, and it would hold whom the hub has erased.
     */
    synchronized void commit() {
        save(new State(state.trial(), "", state.current(), 0));
        forgetGallery(state.former());
        keepOnly(Set.of());
    }

    /** The pack on trial is not used again; the former one is. */
    synchronized void rollBack(String reason) {
        LOG.error("models {} {}; back to {}", state.trial(), reason, state.current());
        note(new Verdict(asked(state.trial()), Standing.State.ROLLED_BACK, reason));
        save(new State(state.current(), "", state.former(), 0));
    }

    /** The pack in use is damaged: the configured one is used, and this one fetched again. */
    synchronized void loseCurrent(String reason) {
        String lost = state.current();
        LOG.error("models {} are lost: {}; back to the configured ones", lost, reason);
        save(State.FIRST);
        keepOnly(Set.of());
    }

    /** A pack as the hub names it. */
    static String asked(String id) {
        return id.equals(CONFIGURED) ? "" : id;
    }

    /** A pack as it is named here. */
    static String id(Optional<Artefact> wanted) {
        return wanted.map(Artefact::sha256).orElse(CONFIGURED);
    }

    private void forgetGallery(String id) {
        for (String suffix : new String[] {"", "-wal", "-shm"}) {
            try {
                Path file = gallery(id);
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
            } catch (IOException failure) {
                LOG.warn("the gallery of models {} is left: {}", id, failure.toString());
            }
        }
    }

    /** Removes every pack but those in use, on trial, on the way back, and these. */
    synchronized void keepOnly(Set<String> besides) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> packs = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path pack : packs) {
                String name = String.valueOf(pack.getFileName());
                if (!besides.contains(name)
                        && !Arrays.asList(state.current(), state.trial(), state.former())
                                .contains(name)) {
                    Folders.delete(pack);
                }
            }
        } catch (IOException failure) {
            LOG.warn("packs nobody uses are left in {}: {}", folder, failure.toString());
        }
    }

    private void save(State next) {
        try {
            KeyFile.write(folder.resolve("active"), next.text().getBytes(StandardCharsets.UTF_8));
        } catch (FacetException failure) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "which models to use cannot be written to " + folder,
                    failure);
        }
        state = next;
    }
}
