package io.facet.update;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.crypto.SigningKeyPair;
import io.facet.crypto.VerifyingKey;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.update.Manifest.ReleaseFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A release in one file: a zip with {@code manifest.json}, then {@code manifest.sig} (Ed25519 over
 * {@link #CONTEXT} and the manifest's bytes), then the files in the manifest's order. It is read in
 * one pass, and nothing of it is believed before the signature was checked. Stateless.
 */
public final class ReleaseArchive {
    static final byte[] CONTEXT = "facet/release/v1\n".getBytes(StandardCharsets.US_ASCII);

    private static final String MANIFEST = "manifest.json";
    private static final String SIGNATURE = "manifest.sig";
    private static final int MOST_MANIFEST_BYTES = 8 << 20;
    private static final int SIGNATURE_BYTES = 64;
    private static final JsonMapper JSON = JsonMapper.builder().build();

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
        List<ReleaseFile> files = new ArrayList<>();
        for (Path file : filesOf(folder)) {
            files.add(describe(folder, file));
        }
        Manifest manifest = new Manifest(product, version, architecture, files);
        byte[] text = JSON.writeValueAsBytes(manifest);
        try (ZipOutputStream zip = new ZipOutputStream(to)) {
            put(zip, MANIFEST, text);
            put(zip, SIGNATURE, key.sign(CONTEXT, text));
            for (ReleaseFile file : files) {
                zip.putNextEntry(new ZipEntry(file.path()));
                Files.copy(folder.resolve(file.path()), zip);
                zip.closeEntry();
            }
        }
        return manifest;
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static ReleaseFile describe(Path folder, Path file) throws IOException {
        MessageDigest digest = sha256();
        try (OutputStream hash = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            Files.copy(file, hash);
        }
        return new ReleaseFile(
                folder.relativize(file).toString().replace('\\', '/'),
                HexFormat.of().formatHex(digest.digest()),
                Files.size(file),
                Files.isExecutable(file));
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    /**
     * What a release says it is; for who does not have its key. Nothing vouches for it.
     *
     * @throws FacetException {@code INVALID_ARGUMENT} when it is no release
     */
    public static Manifest peek(InputStream from) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(from)) {
            return parse(entry(zip, MANIFEST, MOST_MANIFEST_BYTES));
        } catch (ZipException malformed) {
            throw noRelease(malformed);
        }
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
        try (ZipInputStream zip = new ZipInputStream(from)) {
            byte[] text = entry(zip, MANIFEST, MOST_MANIFEST_BYTES);
            byte[] signature = entry(zip, SIGNATURE, SIGNATURE_BYTES);
            if (!key.verifies(signature, CONTEXT, text)) {
                throw new FacetException(
                        ErrorCode.PERMISSION_DENIED,
                        "the release is not signed with this installation's key " + key.keyId());
            }
            Manifest manifest = parse(text);
            gate.check(manifest);
            Iterator<ReleaseFile> files = manifest.files().iterator();
            while (files.hasNext()) {
                file(zip, files.next(), folder);
            }
            if (zip.getNextEntry() != null) {
                throw altered("more than was signed");
            }
            return manifest;
        } catch (ZipException malformed) {
            throw noRelease(malformed);
        }
    }

    private static byte[] entry(ZipInputStream zip, String name, int most) throws IOException {
        ZipEntry entry = zip.getNextEntry();
        byte[] bytes = entry == null ? new byte[0] : zip.readNBytes(most + 1);
        if (entry == null || !entry.getName().equals(name) || bytes.length > most) {
            throw noRelease(null);
        }
        return bytes;
    }

    private static Manifest parse(byte[] text) throws IOException {
        try {
            return JSON.readValue(text, Manifest.class);
        } catch (JsonProcessingException malformed) {
            throw noRelease(malformed);
        }
    }

    private static void file(ZipInputStream zip, ReleaseFile file, Path folder) throws IOException {
        ZipEntry entry = zip.getNextEntry();
        if (entry == null || !entry.getName().equals(file.path())) {
            throw altered(file.path() + " missing");
        }
        Path to = folder.resolve(file.path());
        Path parent = to.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        MessageDigest digest = sha256();
        try (FileChannel channel =
                        FileChannel.open(
                                to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out =
                        new DigestOutputStream(
                                java.nio.channels.Channels.newOutputStream(channel), digest)) {
            copy(zip, out, file);
            channel.force(true);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(file.sha256())) {
            throw altered(file.path() + " changed");
        }
        boolean _ = to.toFile().setExecutable(file.executable(), false);
    }

    private static void copy(InputStream in, OutputStream out, ReleaseFile file)
            throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = file.size();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            left -= n;
            if (left < 0) {
                throw altered(file.path() + " longer");
            }
            out.write(buffer, 0, n);
        }
    }

    private static FacetException altered(String what) {
        return new FacetException(
                ErrorCode.INVALID_ARGUMENT, "the release is not what was signed: " + what);
    }

    private static FacetException noRelease(@org.jspecify.annotations.Nullable Exception cause) {
        String reason = "this is no release of Facet's; make one with ./facet package";
        return cause == null
                ? new FacetException(ErrorCode.INVALID_ARGUMENT, reason)
                : new FacetException(ErrorCode.INVALID_ARGUMENT, reason, cause);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
