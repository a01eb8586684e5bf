package io.facet.hub.backup;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.facet.config.Secret;
import io.facet.crypto.AtRest;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a backup is encrypted with. */
public sealed interface BackupKey {
    /** The byte in the file's head that says which kind. */
    byte kind();

    /** The key for a file with this salt. */
    byte[] forSalt(byte[] salt);

    /** Words somebody remembers: Argon2id with 64 MiB and three passes. */
    record Passphrase(Secret words) implements BackupKey {
        private static final int KIBIBYTES = 65_536;
        private static final int PASSES = 3;

        /** Checks the length. */
        public Passphrase {
            if (words.reveal().length() < 12) {
                throw new FacetException(
                        ErrorCode.INVALID_ARGUMENT, "a passphrase has at least 12 characters");
            }
        }

        @Override
        public byte kind() {
            return 1;
        }

        @Override
        public byte[] forSalt(byte[] salt) {
            return Argon2Function.getInstance(KIBIBYTES, PASSES, 1, AtRest.KEY_BYTES, Argon2.ID)
                    .hash(words.reveal().getBytes(StandardCharsets.UTF_8), salt)
                    .getBytes();
        }
    }

    /** 32 random bytes in a file. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record FileKey(byte[] key) implements BackupKey {
        /**
         * Reads one.
         *
         * @throws FacetException {@code INVALID_ARGUMENT}
         */
        public static FileKey read(Path file) {
            try {
                byte[] key = Files.readAllBytes(file);
                if (key.length == AtRest.KEY_BYTES) {
                    return new FileKey(key);
                }
                throw new FacetException(
                        ErrorCode.INVALID_ARGUMENT,
                        file + " has not 32 bytes; openssl rand -out FILE 32 makes a key");
            } catch (IOException unreadable) {
                throw new FacetException(
                        ErrorCode.INVALID_ARGUMENT, "cannot read the key " + file, unreadable);
            }
        }

        @Override
        public byte kind() {
            return 2;
        }

        @Override
        public byte[] forSalt(byte[] salt) {
            byte[] both = new byte[key.length + salt.length];
            System.arraycopy(key, 0, both, 0, key.length);
            System.arraycopy(salt, 0, both, key.length, salt.length);
            return AtRest.derive(both, "facet/backup");
        }
    }
}
