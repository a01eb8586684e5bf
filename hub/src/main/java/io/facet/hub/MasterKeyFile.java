package io.facet.hub;

import io.facet.crypto.AtRest;
import io.facet.crypto.KeyFile;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.security.MasterKeySource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;

/**
 * The master key in {@code master.key}, and during a rotation the next in {@code master.key.next}.
 * Finishing is one rename, so that at any moment the files hold every key that is needed.
 */
record MasterKeyFile(Path folder) implements MasterKeySource {
    @Override
    public Keys read() {
        byte[] present = KeyFile.readOrCreate(file(), () -> AtRest.newKey(new SecureRandom()));
        return new Keys(
                checked(present, "master.key"),
                KeyFile.read(nextFile()).map(key -> checked(key, "master.key.next")));
    }

    @Override
    public byte[] next() {
        return checked(
                KeyFile.readOrCreate(nextFile(), () -> AtRest.newKey(new SecureRandom())),
                "master.key.next");
    }

    @Override
    public void finished() {
        try {
            Files.move(
                    nextFile(),
                    file(),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel synced = FileChannel.open(folder, StandardOpenOption.READ)) {
                synced.force(true);
            }
        } catch (IOException failure) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "master.key.next could not take the place of master.key; both still work",
                    failure);
        }
    }

    private Path file() {
        return folder.resolve("master.key");
    }

    private Path nextFile() {
        return folder.resolve("master.key.next");
    }

    static byte[] checked(byte[] key, String what) {
        if (key.length != AtRest.KEY_BYTES) {
            throw new FacetException(
                    ErrorCode.INVALID_CONFIGURATION,
                    what + " is damaged or no key of 32 bytes; restore it from its backup");
        }
        return key;
    }
}
