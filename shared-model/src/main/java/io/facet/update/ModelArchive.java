package io.facet.update;

import io.facet.crypto.SigningKeyPair;
import io.facet.crypto.VerifyingKey;
import io.facet.error.FacetException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A model pack in one file, as {@link SignedArchive} describes it, signed with the hub's gallery
 * key; unpacked it is a folder of {@link io.facet.vision.catalog.PackFolder}. Its product is {@link
 * Manifest#MODELS}, its version the pack's name, its architecture {@code all}. Stateless.
 */
public final class ModelArchive {
    private static final SignedArchive FORM =
            new SignedArchive(
                    "facet/models/v1\n",
                    Manifest.MODELS::equals,
                    "the model pack",
                    "a model pack of a hub of Facet's");

    private ModelArchive() {}

    /**
     * Writes the pack in a folder.
     *
     * @param pack its name
     * @return what was signed
     */
    public static Manifest write(Path folder, String pack, SigningKeyPair key, OutputStream to)
            throws IOException {
        return FORM.write(
                folder,
                files -> new Manifest(Manifest.MODELS, pack, Manifest.EVERY_MACHINE, files),
                key,
                to);
    }

    /**
     * What a file says it is; nothing vouches for it. Reads no more than the beginning, and closes
     * nothing.
     *
     * @throws FacetException {@code INVALID_ARGUMENT} when it is no model pack
     */
    public static Manifest peek(InputStream from) throws IOException {
        return FORM.peek(from);
    }

    /**
     * Unpacks a pack into a folder and forces it to disk. What was written before a failure stays
     * for the caller to remove.
     *
     * @param key the hub's gallery key
     * @param gate asked before the first file is written, once the signature is right; throws when
     *     the pack is not wanted
     * @throws FacetException {@code PERMISSION_DENIED} when the signature is not of this key,
     *     {@code INVALID_ARGUMENT} when the content is not what was signed
     */
    public static Manifest unpack(
            InputStream from, VerifyingKey key, Consumer<Manifest> gate, Path folder)
            throws IOException {
        return FORM.unpack(from, key, gate, folder);
    }
}
