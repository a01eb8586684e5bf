package io.facet.update;

import io.facet.crypto.SigningKeyPair;
import io.facet.crypto.VerifyingKey;
import io.facet.error.FacetException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/** A release of Facet in one file, as {@link SignedArchive} describes it. Stateless. */
public final class ReleaseArchive {
    private static final SignedArchive FORM =
            new SignedArchive(
                    "facet/release/v1\n",
                    product -> !product.equals(Manifest.MODELS),
                    "the release",
                    "a release of Facet's; make one with ./facet package");

    private ReleaseArchive() {}

    /**
     * Writes a release of everything in a folder.
     *
     * @return what was signed
     */
    public static Manifest write(
            Path folder,
            String product,
            String version,
            String architecture,
            SigningKeyPair key,
            OutputStream to)
            throws IOException {
        return FORM.write(
                folder, files -> new Manifest(product, version, architecture, files), key, to);
    }

    /**
     * What a release says it is; for who does not have its key. Nothing vouches for it. Reads no
     * more than the beginning, and closes nothing.
     *
     * @throws FacetException {@code INVALID_ARGUMENT} when it is no release
     */
    public static Manifest peek(InputStream from) throws IOException {
        return FORM.peek(from);
    }

    /** Decides, once the signature is right, whether the release is wanted; throws when not. */
    @FunctionalInterface
    public interface Gate {
        void check(Manifest manifest);
    }

    /**
     * Unpacks a release into a folder and forces it to disk. What was written before a failure
     * stays for the caller to remove.
     *
     * @param gate asked before the first file is written
     * @throws FacetException {@code PERMISSION_DENIED} when the signature is not of this key,
     *     {@code INVALID_ARGUMENT} when the content is not what was signed
     */
    public static Manifest unpack(InputStream from, VerifyingKey key, Gate gate, Path folder)
            throws IOException {
        return FORM.unpack(from, key, gate::check, folder);
    }
}
