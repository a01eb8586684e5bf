package io.facet.update;

import io.facet.crypto.VerifyingKey;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.error.FullDisk;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The two slots of an installation. This side fills the one that is not in use and asks for it in
 * the file {@code next}; the launcher ({@code provisioning/debian/launch}) alone decides what runs
 * and writes {@code state}, {@code result} and {@code refused}. Used by one thread.
 */
public final class Slots {
    private static final String PACKAGE = "package";

    private final Path folder;
    private final Running running;
    private final VerifyingKey key;

    /**
     * What runs now.
     *
     * @param product {@code facet-edge}
     */
    public record Running(String product, Version version, String architecture) {}

    /**
     * @param folder the slots' folder; need not exist
     * @param key releases must be signed with it
     */
    public Slots(Path folder, Running running, VerifyingKey key) {
        this.folder = folder;
        this.running = running;
        this.key = key;
    }

    /** What runs now. */
    public Running running() {
        return running;
    }

    /** How the last update ended, as the launcher says: {@code committed VERSION}, ... */
    public Optional<String> lastResult() {
        return lines("result").findFirst();
    }

    /** Whether this version was tried here and rolled back. */
    public boolean refused(String version) {
        return lines("refused").anyMatch(line -> line.startsWith(version + " "));
    }

    /** Whether a release waits for the launcher, or is on trial. */
    public boolean busy() {
        return Files.exists(folder.resolve("next"))
                || state("trial").filter(slot -> !slot.isEmpty()).isPresent();
    }

    /**
     * Checks a release and puts it where the launcher takes it from at its next start.
     *
     * @throws FacetException {@code PERMISSION_DENIED} for a wrong signature, {@code CONFLICT} for
     *     another product, machine, a version that is not newer, one that was rolled back here, or
     *     while another update is not finished; {@code INVALID_ARGUMENT} for a damaged release,
     *     {@code DISK_FULL} or {@code UNAVAILABLE} when it cannot be written
     */
    public Manifest install(InputStream release) {
        if (busy()) {
            throw refusal("another update is not finished");
        }
        String slot = free();
        Path part = folder.resolve(slot + ".part");
        try {
            Files.createDirectories(folder);
            delete(part);
            Files.createDirectory(part);
            Manifest manifest = ReleaseArchive.unpack(release, key, this::check, part);
            publish(part, slot);
            return manifest;
        } catch (IOException failure) {
            boolean full = FullDisk.caused(failure);
            throw new FacetException(
                    full ? ErrorCode.DISK_FULL : ErrorCode.UNAVAILABLE,
                    "the release cannot be unpacked into " + folder + ": " + failure,
                    failure);
        } finally {
            deleteQuietly(part);
        }
    }

    private void check(Manifest release) {
        if (!release.product().equals(running.product())) {
            throw refusal("the release is of " + release.product());
        }
        if (!release.architecture().equals(running.architecture())) {
            throw refusal("the release is for " + release.architecture());
        }
        if (release.parsedVersion().compareTo(running.version()) <= 0) {
            throw refusal(
                    "version "
                            + release.version()
                            + " is not newer than "
                            + running.version()
                            + ", which runs");
        }
        if (refused(release.version())) {
            throw refusal("version " + release.version() + " was tried here and rolled back");
        }
    }

    private static FacetException refusal(String why) {
        return new FacetException(ErrorCode.CONFLICT, why);
    }

    /** The slot that neither runs nor is the way back. */
    private String free() {
        String current = state("current").orElse(PACKAGE);
        String former = state("former").orElse("");
        if (!current.equals("a") && !(former.equals("a") && current.equals(PACKAGE))) {
            return "a";
        }
        return "b";
    }

    /** First the slot is whole, then it is asked for; a power cut in between asks for nothing. */
    private void publish(Path part, String slot) throws IOException {
        Path to = folder.resolve(slot);
        syncFolders(part);
        delete(to);
        Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
        sync(folder);
        Path next = folder.resolve("next.new");
        Files.writeString(next, slot + "\n");
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(next, folder.resolve("next"), StandardCopyOption.ATOMIC_MOVE);
        sync(folder);
    }

    private static void syncFolders(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isDirectory).toList()) {
                sync(path);
            }
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private Optional<String> state(String name) {
        return lines("state")
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .findFirst();
    }

    private Stream<String> lines(String file) {
        Path path = folder.resolve(file);
        try {
            return Files.exists(path)
                    ? Files.readAllLines(path, StandardCharsets.UTF_8).stream()
                    : Stream.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }

    private static void deleteQuietly(Path folder) {
        try {
            delete(folder);
        } catch (IOException left) {
            // The next install removes it.
            org.slf4j.LoggerFactory.getLogger(Slots.class).debug("{} is left", folder, left);
        }
    }
}
