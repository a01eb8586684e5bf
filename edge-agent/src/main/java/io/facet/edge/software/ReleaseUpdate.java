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
        Verdict.forgetBut(verdictFile, wanted.map(Artefact::sha256).orElse(""));
        Optional<Finding> known = known(wanted);
        if (known.isPresent()) {
            return known.get();
        }
        Slots slots = slots().orElseThrow();
        Artefact release = wanted.orElseThrow();
        if (!slots.busy()) {
            return bring(release, slots, progress);
        }
        return verdict(release).isPresent()
                ? goOver(release)
                : new Finding(State.DOWNLOADING, "another update is not finished");
    }

    private Optional<Slots> slots() {
        return parts.host().installation().map(Installation::slots);
    }

    private Optional<Verdict> verdict(Artefact release) {
        return Verdict.read(verdictFile).filter(v -> v.sha256().equals(release.sha256()));
    }

    @Override
    public Optional<Finding> known(Optional<Artefact> wanted) {
        if (wanted.isEmpty()) {
            return Optional.of(Finding.CURRENT);
        }
        if (slots().isEmpty()) {
            return Optional.of(
                    new Finding(
                            State.REFUSED,
                            "this agent does not run as the package's service, which alone takes"
                                    + " releases, with the key that they are signed with; update"
                                    + " it by hand"));
        }
        return known(wanted.get(), slots().get());
    }

    private Optional<Finding> known(Artefact release, Slots slots) {
        if (release.version().equals(version)) {
            return Optional.of(slots.busy() ? Finding.of(State.TRIAL) : Finding.CURRENT);
        }
        if (slots.refused(release.version())) {
            return Optional.of(new Finding(State.ROLLED_BACK, result(slots, release.version())));
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
        return verdict(release)
                .filter(v -> v.state() == State.REFUSED)
                .map(v -> new Finding(v.state(), v.reason()));
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
            parts.downloads().forget(release);
            return refused;
        }
        new Verdict(release.sha256(), State.STAGED, "").write(verdictFile);
        parts.downloads().forget(release);
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
