package io.facet.edge.software;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.error.FullDisk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Artefacts on their way to this box: {@code SHA256.part} grows, also over restarts and outages,
 * and becomes {@code SHA256} once it is whole and has that hash. Used by one thread.
 */
final class Downloads {
    private static final Logger LOG = LoggerFactory.getLogger(Downloads.class);

    /** Room that is left to the events and the gallery. */
    private static final long RESERVE = 256L << 20;

    /** What an artefact takes unpacked, at most, in sizes of itself. */
    private static final int UNPACKED = 3;

    /** So often an artefact may arrive with a wrong hash before it counts as wrong at the hub. */
    private static final int MOST_WRONG = 3;

    private final Path folder;
    private final ArtefactSource source;
    private final Patience patience;
    private final Room room;
    private String wrong = "";
    private int timesWrong;

    /** How much room there is. */
    @FunctionalInterface
    interface Room {
        /** Bytes that may be written to the disk of a folder. */
        long at(Path folder) throws IOException;
    }

    Downloads(Path folder, ArtefactSource source, Patience patience) {
        this(folder, source, patience, at -> Files.getFileStore(at).getUsableSpace());
    }

    Downloads(Path folder, ArtefactSource source, Patience patience, Room room) {
        this.folder = folder;
        this.room = room;
        this.source = source;
        this.patience = patience;
    }

    /**
     * The whole file, fetched as far as it is not here; returns when it is here or the connection
     * broke.
     *
     * @param arrived told how many bytes are here
     * @throws FacetException {@code UNAVAILABLE} when it broke off, {@code DISK_FULL}, {@code
     *     UNAUTHENTICATED}; {@code INVALID_ARGUMENT} when the hub has another file than it says
     */
    Path fetch(Artefact artefact, LongConsumer arrived) throws InterruptedException {
        Path whole = folder.resolve(artefact.sha256());
        Path part = folder.resolve(artefact.sha256() + ".part");
        try {
            Files.createDirectories(folder);
            if (!Files.exists(whole)) {
                grow(artefact, part, arrived);
                check(artefact, part);
                Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
                Folders.sync(folder);
            }
            arrived.accept(artefact.size());
            return whole;
        } catch (IOException failure) {
            boolean full = FullDisk.caused(failure);
            throw new FacetException(
                    full ? ErrorCode.DISK_FULL : ErrorCode.UNAVAILABLE,
                    full
                            ? "the disk is full"
                            : "the download broke off and goes on later (" + failure + ")",
                    failure);
        }
    }

    private void grow(Artefact artefact, Path part, LongConsumer arrived)
            throws IOException, InterruptedException {
        long have = Files.exists(part) ? Files.size(part) : 0;
        if (have > artefact.size()) {
            Files.delete(part);
            have = 0;
        }
        room(artefact, have);
        if (have == artefact.size()) {
            return;
        }
        ArtefactSource.Rest rest = source.open(artefact, have);
        try (InputStream in = rest.bytes();
                FileChannel channel =
                        FileChannel.open(
                                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                Patience.Watch watch = patience.watch(in)) {
            channel.truncate(rest.from()).position(rest.from());
            long left = artefact.size() - rest.from();
            OutputStream out = Channels.newOutputStream(channel);
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (n > left) {
                    throw longer(part);
                }
                out.write(buffer, 0, n);
                left -= n;
                arrived.accept(artefact.size() - left);
                watch.read(n);
            }
            channel.force(true);
            if (left > 0) {
                throw new IOException(left + " bytes are missing");
            }
        }
    }

    private static FacetException longer(Path part) throws IOException {
        Files.deleteIfExists(part);
        return new FacetException(
                ErrorCode.INVALID_ARGUMENT, "the artefact is longer than the hub says");
    }

    /** Room for what is missing, for unpacking it, and to spare. */
    private void room(Artefact artefact, long have) throws IOException {
        long needed = artefact.size() - have + UNPACKED * artefact.size() + RESERVE;
        long free = room.at(folder);
        if (free < needed) {
            throw new FacetException(
                    ErrorCode.DISK_FULL,
                    "the software needs "
                            + (needed >> 20)
                            + " MiB of this box's disk, of which "
                            + (free >> 20)
                            + " are free");
        }
    }

    private void check(Artefact artefact, Path part) throws IOException {
        if (sha256(part).equals(artefact.sha256())) {
            timesWrong = 0;
            return;
        }
        Files.delete(part);
        timesWrong = wrong.equals(artefact.sha256()) ? timesWrong + 1 : 1;
        wrong = artefact.sha256();
        boolean forGood = timesWrong >= MOST_WRONG;
        throw new FacetException(
                forGood ? ErrorCode.INVALID_ARGUMENT : ErrorCode.UNAVAILABLE,
                "what arrived is not what the hub announced (its SHA-256 differs)"
                        + (forGood ? ", " + timesWrong + " times" : "; it is fetched again"));
    }

    /** The artefact was taken, or is of no use. */
    void forget(Artefact artefact) {
        try {
            Files.deleteIfExists(folder.resolve(artefact.sha256()));
        } catch (IOException left) {
            LOG.debug("{} is left until something else is asked for", artefact.sha256(), left);
        }
    }

    /** Removes what nobody waits for, so that an abandoned download takes no room. */
    void keepOnly(Set<String> wanted) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (!wanted.contains(name.replace(".part", ""))) {
                    Files.delete(file);
                }
            }
        } catch (IOException failure) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE, folder + " cannot be cleared: " + failure, failure);
        }
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest = digest();
        try (OutputStream hash = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            Files.copy(file, hash);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
