package io.facet.vision.catalog;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A lock on one file of the cache, across threads and processes: hub and agent often start at the
 * same moment. The operating system frees the lock of a process that dies.
 */
final class CacheLock implements AutoCloseable {
    private static final int POLL_MILLIS = 100;
    private static final int MOST_POLLS = 10 * 60 * 1000 / POLL_MILLIS;

    private final FileChannel channel;

    private CacheLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits until nobody else works on a file.
     *
     * @throws FacetException {@code unavailable} after ten minutes
     */
    static CacheLock on(Path file, Consumer<String> progress) throws IOException {
        Path locks = file.resolveSibling("locks");
        Files.createDirectories(locks);
        Path lockFile = locks.resolve(file.getFileName() + ".lock");
        FileChannel channel =
                FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            for (int poll = 0; poll < MOST_POLLS; poll++) {
                if (tryLock(channel).isPresent()) {
                    return new CacheLock(channel);
                }
                if (poll == 0) {
                    progress.accept("waiting for another process to get " + file.getFileName());
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
        channel.close();
        throw new FacetException(
                ErrorCode.UNAVAILABLE,
                "another process holds " + lockFile + "; end it or try again later");
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException heldInThisProcess) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
