package io.facet.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.config.Secret;
import io.facet.crypto.AtRest;
import io.facet.crypto.KeyFile;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/**
 * The agent's data folder, locked against a second agent. Thread-safe.
 *
 * <pre>
 *   agent.lock    held while an agent runs
 *   agent.key     the box's own key; everything below is encrypted under keys derived from it
 *   device-key    credential at the hub, of a box that was registered
 *   device.pem, hub-ca.pem, joined.json  certificate and hub of a box that joined
 *   health-key    shows the reasons at /health to who has it, on a box without a device key
 *   enrolment.json  the hub's last answer to who this box is
 *   hub-key       the hub's public sealing key
 *   cameras       the cameras last asked for
 *   outbox.db, outbox.floor   events not yet at the hub
 *   gallery.db    the people this box knows, with the models of the configuration
 *   clips/        films around events, not yet at the hub
 *   models/       packs that came from the hub, each with its gallery, and which one is in use
 *   software/     what the hub wants this box to run, downloads, how it stands
 *   ports.json    the port of /health
 * </pre>
 */
final class AgentFolder implements AutoCloseable {
    private final Path folder;
    private final FileChannel lock;
    private final byte[] master;

    private AgentFolder(Path folder, FileChannel lock, byte[] master) {
        this.folder = folder;
        this.lock = lock;
        this.master = master;
    }

    /**
     * Takes the folder, making it when it is not there.
     *
     * @throws FacetException {@code CONFLICT} when another agent has it, {@code UNAVAILABLE} when
     *     it cannot be used
     */
    static AgentFolder open(Path folder, SecureRandom random) {
        try {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            FileChannel lock = lock(folder);
            byte[] master =
                    KeyFile.readOrCreate(folder.resolve("agent.key"), () -> AtRest.newKey(random));
            return new AgentFolder(folder, lock, master);
        } catch (IOException failure) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "cannot use the data folder " + folder + "; check that it is writable",
                    failure);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel file =
                FileChannel.open(
                        folder.resolve("agent.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            if (file.tryLock() != null) {
                return file;
            }
        } catch (OverlappingFileLockException sameProcess) {
            file.close();
            throw taken(folder);
        }
        file.close();
        throw taken(folder);
    }

    private static FacetException taken(Path folder) {
        return new FacetException(
                ErrorCode.CONFLICT,
                "another agent uses " + folder + "; stop it, or name another folder with --data");
    }

    /** Encryption for one purpose. */
    AtRest box(String purpose, SecureRandom random) {
        return new AtRest(AtRest.derive(master, "facet/edge/" + purpose), random);
    }

    /** The device key's file: as configured, else in this folder. */
    Path deviceKey(String configured) {
        return configured.isEmpty() ? folder.resolve("device-key") : Path.of(configured);
    }

    /** What a box without a device key asks of who wants to see more than up or down. */
    Secret healthKey(SecureRandom random) {
        byte[] key =
                KeyFile.readOrCreate(
                        folder.resolve("health-key"),
                        () ->
                                HexFormat.of()
                                        .formatHex(AtRest.newKey(random))
                                        .getBytes(StandardCharsets.US_ASCII));
        return new Secret(new String(key, StandardCharsets.US_ASCII));
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    Path path() {
        return folder;
    }

    /** Tells others on this machine which ports answer. */
    void writePorts(Map<String, Integer> ports) {
        try {
            KeyFile.write(
                    folder.resolve("ports.json"),
                    JsonMapper.builder().build().writeValueAsBytes(ports));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
