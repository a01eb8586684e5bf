package io.facet.update;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.crypto.SigningKeyPair;
import io.facet.crypto.VerifyingKey;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.update.Manifest.ReleaseFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A signed folder in one file: a zip with {@code manifest.json}, then {@code manifest.sig} (Ed25519
 * over the form's context and the manifest's bytes), then the files in the manifest's order. It is
 * read in one pass, and nothing of it is believed before the signature was checked. The same folder
 * and key give the same bytes. Immutable, thread-safe.
 *
 * @param context begins what is signed, so that one kind never passes as another
 * @param products whether a product is of this kind
 * @param noun what people call it
 * @param make what to do for a right one
 */
record SignedArchive(String context, Predicate<String> products, String noun, String make) {
    static final String MANIFEST = "manifest.json";
    static final int MOST_MANIFEST_BYTES = 8 << 20;

    private static final String SIGNATURE = "manifest.sig";
    private static final int SIGNATURE_BYTES = 64;
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Writes everything in a folder; gives what was signed. */
    Manifest write(
            Path folder,
            Function<List<ReleaseFile>, Manifest> of,
            SigningKeyPair key,
            OutputStream to)
            throws IOException {
        List<ReleaseFile> files = new ArrayList<>();
        for (Path file : filesOf(folder)) {
            files.add(describe(folder, file));
        }
        Manifest manifest = of.apply(files);
        byte[] text = JSON.writeValueAsBytes(manifest);
        try (ZipOutputStream zip = new ZipOutputStream(to)) {
            put(zip, MANIFEST, text);
            put(zip, SIGNATURE, key.sign(signed(), text));
            for (ReleaseFile file : files) {
                zip.putNextEntry(entry(file.path()));
                Files.copy(folder.resolve(file.path()), zip);
                zip.closeEntry();
            }
        }
        return manifest;
    }

    private byte[] signed() {
        return context.getBytes(StandardCharsets.US_ASCII);
    }

    /** Of no time, which would make every archive another one. */
    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        return entry;
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
        zip.putNextEntry(entry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    /** What it says it is; nothing vouches for it. */
    Manifest peek(InputStream from) throws IOException {
        // Not closed: it is the caller's.
        ZipInputStream zip = new ZipInputStream(from);
        try {
            return parse(entry(zip, MANIFEST, MOST_MANIFEST_BYTES));
        } catch (ZipException malformed) {
            throw none(malformed);
        }
    }

    /** Unpacks it into a folder and forces it to disk, once signature and gate let it. */
    Manifest unpack(InputStream from, VerifyingKey key, Consumer<Manifest> gate, Path folder)
            throws IOException {
        try (ZipInputStream zip = new ZipInputStream(from)) {
            Manifest manifest = verified(zip, key);
            gate.accept(manifest);
            for (ReleaseFile file : manifest.files()) {
                file(zip, file, folder);
            }
            if (zip.getNextEntry() != null) {
                throw altered("more than was signed");
            }
            return manifest;
        } catch (ZipException | EOFException malformed) {
            throw none(malformed);
        }
    }

    private Manifest verified(ZipInputStream zip, VerifyingKey key) throws IOException {
        byte[] text = entry(zip, MANIFEST, MOST_MANIFEST_BYTES);
        byte[] signature = entry(zip, SIGNATURE, SIGNATURE_BYTES);
        if (!key.verifies(signature, signed(), text)) {
            throw new FacetException(
                    ErrorCode.PERMISSION_DENIED,
                    noun + " is not signed with this installation's key " + key.keyId());
        }
        return parse(text);
    }

    private byte[] entry(ZipInputStream zip, String name, int most) throws IOException {
        ZipEntry entry = zip.getNextEntry();
        byte[] bytes = entry == null ? new byte[0] : zip.readNBytes(most + 1);
        if (entry == null || !entry.getName().equals(name) || bytes.length > most) {
            throw none(null);
        }
        return bytes;
    }

    private Manifest parse(byte[] text) throws IOException {
        Manifest manifest;
        try {
            manifest = JSON.readValue(text, Manifest.class);
        } catch (JsonProcessingException malformed) {
            throw none(malformed);
        }
        if (!products.test(manifest.product())) {
            throw none(null);
        }
        return manifest;
    }

    private void file(ZipInputStream zip, ReleaseFile file, Path folder) throws IOException {
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
                        new DigestOutputStream(Channels.newOutputStream(channel), digest)) {
            copy(zip, out, file);
            channel.force(true);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(file.sha256())) {
            throw altered(file.path() + " changed");
        }
        boolean _ = to.toFile().setExecutable(file.executable(), false);
    }

    private void copy(InputStream in, OutputStream out, ReleaseFile file) throws IOException {
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

    private FacetException altered(String what) {
        return new FacetException(
                ErrorCode.INVALID_ARGUMENT, noun + " is not what was signed: " + what);
    }

    private FacetException none(@Nullable Exception cause) {
        String reason = "this is not " + make;
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
