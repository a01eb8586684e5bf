package io.facet.edge.clip;

import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.crypto.AtRest;
import io.facet.crypto.KeyFile;
import io.facet.crypto.Sealing;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.EventId;
import io.facet.wire.SealedWire;
import io.facet.wire.v1.Sealed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The films that wait for the hub, a file each, named by their event. A film is sealed to the hub's
 * key, or waits for that key under the box's own; the file is encrypted under the box's key in any
 * case, tied to its event.
 *
 * <p>Films come last: when there are more bytes than may be kept, the oldest go; on a disk with
 * little room none is stored, and {@link #giveUp} lets go of those there are, before an event is
 * lost. What goes is counted. Thread-safe.
 */
public final class ClipSpool implements ClipStore {
    private static final Logger LOG = LoggerFactory.getLogger(ClipSpool.class);
    private static final String ENDING = ".clip";
    private static final byte SEALED = 1;
    private static final byte PLAIN = 2;

    /** Room on the disk that films leave to events. */
    static final long LEFT_FREE = 64L << 20;

    private final Path folder;
    private final long maxBytes;
    private final AtRest box;
    private final Supplier<Optional<Sealing>> hub;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    // Ids are UUIDv7: their order is that of the events.
    private final TreeMap<String, Long> files = new TreeMap<>();
    private long bytes;
    private long dropped;

    /**
     * How the spool is.
     *
     * @param dropped films given up for want of room since the start
     */
    public record Stats(long waiting, long bytes, long dropped) {}

    /**
     * Opens a folder, making it when it is not there.
     *
     * @param box the box's own key
     * @param hub what films are sealed to, once it is known
     * @throws FacetException {@code UNAVAILABLE} when it cannot be used
     */
    public ClipSpool(Path folder, long maxBytes, AtRest box, Supplier<Optional<Sealing>> hub) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.box = box;
        this.hub = hub;
        try {
            Files.createDirectories(folder);
            for (Path file : list(folder)) {
                takeIn(file);
            }
        } catch (IOException failure) {
            throw unusable(folder, failure);
        }
        shed();
    }

    /** Removes every film of a folder, where no films are made any more. */
    public static void wipe(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            for (Path file : list(folder)) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException failure) {
            throw unusable(folder, failure);
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    /** Whatever is no whole film is what a lost power left. */
    private void takeIn(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(ENDING)) {
            long size = Files.size(file);
            files.put(name.substring(0, name.length() - ENDING.length()), size);
            bytes += size;
        } else {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void put(EventId event, byte[] film) {
        byte[] kept = box.seal(content(event, film), context(event));
        if (kept.length > SealedWire.MOST_CLIP_BYTES) {
            LOG.warn(
                    "the film of event {} is too long for the hub; see clips in config.json",
                    event);
            lost(1);
            return;
        }
        if (folder.toFile().getUsableSpace() < LEFT_FREE + kept.length) {
            lost(1);
            return;
        }
        try {
            KeyFile.write(file(event.toString()), kept);
        } catch (FacetException full) {
            LOG.debug("no room for the film of event {}", event, full);
            lost(1);
            return;
        }
        synchronized (this) {
            Long before = files.put(event.toString(), (long) kept.length);
            bytes += kept.length - (before == null ? 0 : before);
        }
        shed();
        listeners.forEach(Runnable::run);
    }

    private byte[] content(EventId event, byte[] film) {
        Optional<Sealing> key = hub.get();
        byte[] message = key.map(k -> seal(k, event, film).toByteArray()).orElse(film);
        byte[] content = new byte[message.length + 1];
        content[0] = key.isPresent() ? SEALED : PLAIN;
        System.arraycopy(message, 0, content, 1, message.length);
        return content;
    }

    private static Sealed seal(Sealing to, EventId event, byte[] film) {
        return SealedWire.seal(to, SealedWire.CLIP, AtRest.bytes(event.value()), film);
    }

    /** Calls the listener after a film was stored; must be quick. */
    public void onStored(Runnable listener) {
        listeners.add(listener);
    }

    /** The events whose films wait, oldest first. */
    public synchronized List<EventId> waiting() {
        return files.keySet().stream().map(EventId::parse).toList();
    }

    /** A film as it is sent; empty while the hub's key is not known, or when it is gone. */
    public Optional<Sealed> sealed(EventId event) {
        Path file = file(event.toString());
        try {
            byte[] content = box.open(Files.readAllBytes(file), context(event));
            byte[] message = Arrays.copyOfRange(content, 1, content.length);
            return content[0] == SEALED
                    ? Optional.of(Sealed.parseFrom(message))
                    : hub.get().map(key -> seal(key, event, message));
        } catch (NoSuchFileException gone) {
            remove(event);
            return Optional.empty();
        } catch (FacetException | InvalidProtocolBufferException damaged) {
            LOG.warn("the film of event {} is damaged and given up", event, damaged);
            remove(event);
            lost(1);
            return Optional.empty();
        } catch (IOException failure) {
            throw unusable(folder, failure);
        }
    }

    /** Takes a film away that is wanted no more. */
    public void remove(EventId event) {
        remove(event.toString());
    }

    private synchronized void remove(String event) {
        Long size = files.remove(event);
        if (size != null) {
            bytes -= size;
        }
        try {
            Files.deleteIfExists(file(event));
        } catch (IOException failure) {
            LOG.warn("the film of event {} cannot be deleted", event, failure);
        }
    }

    /**
     * Makes room on a full disk, for something that counts more: the oldest films go, as many as it
     * takes.
     *
     * @return whether any went
     */
    public synchronized boolean giveUp() {
        int before = files.size();
        while (!files.isEmpty() && folder.toFile().getUsableSpace() < LEFT_FREE) {
            remove(files.firstKey());
        }
        int gone = before - files.size();
        lost(gone);
        return gone > 0;
    }

    private synchronized void shed() {
        while (bytes > maxBytes && !files.isEmpty()) {
            remove(files.firstKey());
            lost(1);
        }
    }

    /** Said at the first, second, fourth, eighth time. */
    private synchronized void lost(int films) {
        long before = dropped;
        dropped += films;
        if (Long.highestOneBit(dropped) != Long.highestOneBit(before)) {
            LOG.warn("{} films around events have found no room so far", dropped);
        }
    }

    /** How the spool is. */
    public synchronized Stats stats() {
        return new Stats(files.size(), bytes, dropped);
    }

    private Path file(String event) {
        return folder.resolve(event + ENDING);
    }

    private static byte[] context(EventId event) {
        return AtRest.bytes(event.value());
    }

    private static FacetException unusable(Path folder, IOException failure) {
        return new FacetException(
                ErrorCode.UNAVAILABLE,
                "cannot use " + folder + "; check that it belongs to this user and its disk works",
                failure);
    }
}
