package io.facet.edge.up;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The data folder as {@code up} uses it, locked against a second one. Beside the hub's own files it
 * holds {@code agent/}, the logs, and {@code up.lock} with the number of each process.
 */
final class UpFolder implements AutoCloseable {
    private static final String LOCK = "up.lock";

    private final Path folder;
    private final FileChannel lock;

    private UpFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Takes a folder, made when missing.
     *
     * @param process the number of this process, for who finds the folder taken
     * @throws FacetException {@code CONFLICT} when something of Facet runs in it already
     */
    static UpFolder open(Path folder, long process) {
        try {
            Files.createDirectories(folder);
            FileChannel lock = channel(folder.resolve(LOCK));
            UpFolder taken = new UpFolder(folder, lock);
            try {
                taken.take(process);
                return taken;
            } catch (IOException | RuntimeException failure) {
                lock.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "cannot use the data folder " + folder + "; check its owner and the disk",
                    failure);
        }
    }

    private void take(long process) throws IOException {
        String runs = "; stop it first, or name another folder with --data";
        if (tryLock(lock) == null) {
            throw taken("Facet is up already in " + folder + notes() + runs);
        }
        if (held(folder.resolve("hub.lock"))) {
            throw taken("a hub runs already in " + folder + notes() + runs);
        }
        if (held(agent().resolve("agent.lock"))) {
            throw taken("an agent runs already in " + agent() + notes() + runs);
        }
        lock.truncate(0);
        note("up", process);
        // What a killed hub left would be taken for the address of the new one.
        Files.deleteIfExists(folder.resolve("ports.json"));
    }

    /** Writes down a process, for who finds it left behind. */
    void note(String name, long process) throws IOException {
        byte[] line = (name + " " + process + "\n").getBytes(StandardCharsets.UTF_8);
        lock.write(java.nio.ByteBuffer.wrap(line));
        lock.force(false);
    }

    Path path() {
        return folder;
    }

    Path agent() {
        return folder.resolve("agent");
    }

    Path log(String name) {
        return folder.resolve(name + ".log");
    }

    @Override
    public void close() throws IOException {
        lock.truncate(0);
        lock.close();
    }

    /** " (processes: up 1, hub 2)" as far as known. */
    private String notes() throws IOException {
        String said = Files.readString(folder.resolve(LOCK)).strip();
        return said.isEmpty() ? "" : " (processes: " + said.replace("\n", ", ") + ")";
    }

    private static boolean held(Path lockFile) throws IOException {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
            return tryLock(channel) == null;
        } catch (NoSuchFileException nobody) {
            return false;
        }
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel)
            throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    private static FacetException taken(String reason) {
        return new FacetException(ErrorCode.CONFLICT, reason);
    }
}
