package io.facet.edge.software;

import io.facet.edge.software.Standing.State;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.update.Installation;
import io.facet.update.Slots;
import io.facet.update.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Brings the wanted release into the slot that is not in use, starts the agent again when nobody
 * notices, and says what the launcher made of it.
 *
 * <pre>
 *   downloading --whole, signed, newer--> staged --quiet, exit 75--> trial --launcher--> current
 *        '------------> refused                                        '--------> rolled_back
 * </pre>
 */
final class ReleaseUpdate implements Product {
    static final String NAME = "facet-edge";

    private final Parts parts;
    private final String version;
    private final Path verdictFile;

    ReleaseUpdate(Parts parts, String version, Path verdictFile) {
        this.parts = parts;
        this.version = version;
        this.verdictFile = verdictFile;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Optional<Artefact> of(Wanted wanted) {
        return wanted.release();
    }

    @Override
    public Finding step(Optional<Artefact> wanted, Progress progress) throws InterruptedException {
        Optional<Slots> slots = parts.host().installation().map(Installation::slots);
        Verdict.forgetBut(verdictFile, wanted.map(Artefact::sha256).orElse(""));
        if (wanted.isEmpty()) {
            return Finding.CURRENT;
        }
        Artefact release = wanted.get();
        if (slots.isEmpty()) {
            return new Finding(
                    State.REFUSED,
                    "this agent does not run as the package's service, which alone takes releases,"
                            + " with the key that they are signed with; update it by hand");
        }
        if (release.version().equals(version)) {
            boolean trial = slots.get().busy();
            return trial ? Finding.of(State.TRIAL) : Finding.CURRENT;
        }
        Optional<Finding> known = known(release, slots.get());
        return known.isPresent() ? known.get() : bring(release, slots.get(), progress);
    }

    /** What is to be said of a release without looking at it. */
    private Optional<Finding> known(Artefact release, Slots slots) {
        Optional<Verdict> before =
                Verdict.read(verdictFile).filter(v -> v.sha256().equals(release.sha256()));
        if (slots.refused(release.version())) {
            return Optional.of(new Finding(State.ROLLED_BACK, result(slots, release.version())));
        }
        if (before.filter(v -> v.state() == State.REFUSED).isPresent()) {
            return before.map(v -> new Finding(v.state(), v.reason()));
        }
        if (older(release)) {
            return Optional.of(
                    new Finding(
                            State.REFUSED,
                            "version "
                                    + release.version()
                                    + " is not newer than "
                                    + version
                                    + ", which runs"));
        }
        if (!slots.busy()) {
            return Optional.empty();
        }
        return Optional.of(before.isPresent() ? goOver(release) : otherUpdate());
    }

    /** Why the launcher went back. */
    private static String result(Slots slots, String version) {
        String rolledBack = "rolled_back " + version + " ";
        return slots.lastResult()
                .filter(line -> line.startsWith(rolledBack))
                .map(line -> line.substring(rolledBack.length()))
                .orElse("was tried here before and rolled back");
    }

    private boolean older(Artefact release) {
        try {
            return new Version(release.version()).compareTo(new Version(version)) <= 0;
        } catch (IllegalArgumentException noVersion) {
            // What is signed in it decides.
            return false;
        }
    }

    private static Finding otherUpdate() {
        return new Finding(State.DOWNLOADING, "another update is not finished");
    }

    private Finding bring(Artefact release, Slots slots, Progress progress)
            throws InterruptedException {
        Path file = parts.downloads().fetch(release, progress);
        try (InputStream in = Files.newInputStream(file)) {
            slots.install(in);
        } catch (IOException unreadable) {
            throw new FacetException(ErrorCode.UNAVAILABLE, unreadable.toString(), unreadable);
        } catch (FacetException failure) {
            if (!Verdict.forGood(failure) || slots.busy()) {
                throw failure;
            }
            Finding refused = new Finding(State.REFUSED, Verdict.reason(failure));
            new Verdict(release.sha256(), refused.state(), refused.reason()).write(verdictFile);
            return refused;
        }
        new Verdict(release.sha256(), State.STAGED, "").write(verdictFile);
        return goOver(release);
    }

    /** Asks for the start that puts it on trial. */
    private Finding goOver(Artefact release) {
        if (!parts.quiet().now()) {
            return new Finding(State.STAGED, "waits until no face is in front of a camera");
        }
        boolean soon = parts.host().restart().again("release " + release.version() + " is tried");
        return new Finding(
                State.STAGED, soon ? "" : "is tried when the agent's service starts again");
    }
}
