package io.facet.vision.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Compares files with what a manifest says of them. */
final class FileVerifier {
    private FileVerifier() {}

    /** What is wrong with a file, in words; empty when it is exactly the artifact. */
    static Optional<String> problem(Path file, Artifact artifact) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.of("is not there");
        }
        long size = Files.size(file);
        if (size != artifact.bytes()) {
            String how = size < artifact.bytes() ? "is truncated: " : "is too long: ";
            return Optional.of(how + size + " of " + artifact.bytes() + " bytes");
        }
        String actual = sha256(file);
        return actual.equals(artifact.sha256())
                ? Optional.empty()
                : Optional.of(
                        "has the wrong SHA-256: "
                                + actual
                                + " where "
                                + artifact.sha256()
                                + " is expected");
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
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
