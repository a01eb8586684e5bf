package io.facet.hub;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.config.Secret;
import io.facet.crypto.AtRest;
import io.facet.crypto.KeyFile;
import io.facet.crypto.SealingKeyPair;
import io.facet.crypto.SigningKeyPair;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.audit.AuditAnchor;
import io.facet.hub.backup.ErasureLedger;
import io.facet.hub.security.Passwords;
import io.facet.pki.Authority;
import io.facet.tls.Pem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The one folder everything lives in, locked against a second hub:
 *
 * <pre>
 * postgres/    the embedded database
 * broker/      the embedded broker's journal
 * master.key   wraps every key at rest; without it the rest is noise
 * master.key.next  the one to go over to, while a rotation is not finished
 * sealing.key  what boxes seal to, under a key the master key wraps
 * signing.key  what the gallery is signed with, likewise
 * authority.key  issues certificates to boxes, likewise
 * authority.crt  its certificate, for whoever is to trust those
 * hub.crt, hub.key  the listeners' own certificate, when hub.tls_names asks for one
 * admin-key    the first administrator's API key
 * admin-password  the password of the first user, "admin"
 * artefacts/   what boxes fetch: releases and model packs; not in a backup
 * erasures.log who was erased, for backups that still hold them
 * audit-end    the end of the audit log, outside the database
 * ports.json   where the running hub listens
 * </pre>
 */
final class DataFolder implements AutoCloseable {
    /** Files that belong into a backup; of no use without the master key. */
    static final List<String> BACKED_UP = List.of("sealing.key", "signing.key", "authority.key");

    private final Path folder;
    private final FileChannel lockFile;

    private DataFolder(Path folder, FileChannel lockFile) {
        this.folder = folder;
        this.lockFile = lockFile;
    }

    /**
     * Takes possession of a folder, made when missing.
     *
     * @throws FacetException {@code CONFLICT} when another hub has it
     */
    static DataFolder open(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        FileChannel lockFile = lock(absolute);
        try {
            DataFolder data = new DataFolder(absolute, lockFile);
            Files.deleteIfExists(absolute.resolve("ports.json"));
            return data;
        } catch (IOException | RuntimeException failure) {
            closeQuietly(lockFile);
            throw failure instanceof RuntimeException unchecked
                    ? unchecked
                    : unusable(absolute, failure);
        }
    }

    private static FileChannel lock(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(
                            folder.resolve("hub.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return channel;
                }
            } catch (OverlappingFileLockException sameProcess) {
                // Falls through: taken is taken.
            }
            channel.close();
            throw new FacetException(
                    ErrorCode.CONFLICT,
                    "another hub uses the data folder " + folder + "; stop it or name another");
        } catch (IOException failure) {
            throw unusable(folder, failure);
        }
    }

    Path path() {
        return folder;
    }

    Path resolve(String name) {
        return folder.resolve(name);
    }

    /** What boxes seal to, itself under a root key. */
    SealingKeyPair sealingKeys(byte[] rootKey) {
        return SealingKeyPair.fromBytes(
                keyPair("sealing.key", rootKey, () -> SealingKeyPair.generate().toBytes()));
    }

    /** What boxes know the hub's gallery by, itself under a root key. */
    SigningKeyPair signingKeys(byte[] rootKey) {
        return SigningKeyPair.fromBytes(
                keyPair("signing.key", rootKey, () -> SigningKeyPair.generate().toBytes()));
    }

    /** What issues certificates to boxes, itself under a root key. */
    Authority authority(byte[] rootKey, Instant now) {
        SecureRandom random = new SecureRandom();
        byte[] pem =
                keyPair(
                        "authority.key",
                        rootKey,
                        () -> bytes(Authority.create("Facet authority", now, random)));
        Authority authority =
                new Authority(Pem.credential(new String(pem, StandardCharsets.US_ASCII)), random);
        Path open = folder.resolve("authority.crt");
        try {
            Files.writeString(open, Pem.of(List.of(authority.certificate())));
        } catch (IOException failure) {
            throw unusable(folder, failure);
        }
        return authority;
    }

    private static byte[] bytes(Authority authority) {
        return Pem.of(authority.credential()).getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] keyPair(String name, byte[] rootKey, Supplier<byte[]> fresh) {
        AtRest atRest = new AtRest(rootKey, new SecureRandom());
        byte[] context = name.getBytes(StandardCharsets.UTF_8);
        byte[] sealed =
                KeyFile.readOrCreate(folder.resolve(name), () -> atRest.seal(fresh.get(), context));
        return atRest.open(sealed, context);
    }

    Optional<String> adminKey() {
        return KeyFile.read(folder.resolve("admin-key"))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip());
    }

    void writeAdminKey(String key) {
        KeyFile.write(folder.resolve("admin-key"), (key + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Who was erased, outside the database. */
    ErasureLedger erasures() {
        return new ErasureLedger(folder.resolve("erasures.log"));
    }

    /** Where the end of the audit log is remembered. */
    AuditAnchor auditAnchor() {
        return new AuditAnchorFile(folder.resolve("audit-end"));
    }

    /** The first user's password; made when there is none. */
    Secret adminPassword() {
        byte[] stored =
                KeyFile.readOrCreate(
                        folder.resolve("admin-password"),
                        () ->
                                (Passwords.random(new SecureRandom()).reveal() + "\n")
                                        .getBytes(StandardCharsets.UTF_8));
        return new Secret(new String(stored, StandardCharsets.UTF_8).strip());
    }

    /**
     * Says where the hub listens; a port of 0 is somebody else's and left out. Under TLS the web
     * port is called https as well.
     */
    void writePorts(int http, boolean tls, int grpc, int mqtt, int postgres) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("http", http);
        ports.put("https", tls ? http : 0);
        ports.put("grpc", grpc);
        ports.put("mqtt", mqtt);
        ports.put("postgres", postgres);
        ports.values().removeIf(port -> port == 0);
        Path file = folder.resolve("ports.json");
        Path temporary = folder.resolve(".ports.json");
        try {
            Files.write(temporary, JsonMapper.builder().build().writeValueAsBytes(ports));
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw unusable(folder, failure);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(folder.resolve("ports.json"));
        lockFile.close();
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // The failure that led here is the one to tell.
        }
    }

    private static FacetException unusable(Path folder, Throwable cause) {
        return new FacetException(
                ErrorCode.UNAVAILABLE,
                "cannot use the data folder " + folder + "; check its owner and the disk",
                cause);
    }
}
