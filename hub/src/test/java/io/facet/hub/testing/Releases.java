package io.facet.hub.testing;

import io.facet.crypto.SigningKeyPair;
import io.facet.update.ReleaseArchive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Releases that a vendor of the tests signed. */
public final class Releases {
    private static final SigningKeyPair VENDOR = SigningKeyPair.generate();
    private static final int BYTES = 300_000;

    private Releases() {}

    /**
     * A release of one file that does not compress.
     *
     * @param scratch a folder for it
     */
    public static byte[] signed(Path scratch, String product, String version, String architecture)
            throws IOException {
        Path content = Files.createTempDirectory(scratch, "release");
        byte[] large = new byte[BYTES];
        new Random(7).nextBytes(large);
        Files.write(content.resolve("lib.jar"), large);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReleaseArchive.write(content, product, version, architecture, VENDOR, out);
        return out.toByteArray();
    }
}
