package io.facet.hub.store.postgres.server;

import io.facet.config.Secret;
import io.facet.crypto.AtRest;
import io.facet.crypto.KeyFile;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of the hub's own: on the loopback address only, without a Unix socket, every login
 * by password (SCRAM), every commit on disk before it is acknowledged.
 *
 * <p>A server left behind by a killed hub is adopted when it still answers to the folder's
 * password, else stopped; the caller makes sure that no second hub uses the folder.
 */
public final class EmbeddedServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofMinutes(1);
    private static final int ATTEMPTS = 3;

    /** A killed server's own processes see its death within seconds; until then none can start. */
    private static final int ORPHAN_WAITS = 60;

    private static final Duration ORPHAN_PAUSE = Duration.ofMillis(500);

    private final Path folder;
    private final ServerPrograms programs;
    private final Account account;
    private final byte[] secret;
    private final int connections;
    private int port;

    private EmbeddedServer(Settings settings) {
        this.folder = settings.folder();
        this.connections = settings.connections();
        this.programs = ServerPrograms.unpacked(settings.programs());
        privateFolder(folder);
        this.account = Account.forServerIn(folder);
        this.secret =
                KeyFile.readOrCreate(
                        folder.resolve("password"), () -> AtRest.newKey(new SecureRandom()));
    }

    /**
     * Where and how.
     *
     * @param folder holds data, password and log; made when missing
     * @param programs where the programs are unpacked
     * @param connections at most at a time
     */
    public record Settings(Path folder, Path programs, int connections) {}

    /**
     * Starts, or adopts, the server and waits until it answers.
     *
     * @throws FacetException {@code DISK_FULL}, {@code PORT_IN_USE}, {@code UNAVAILABLE}
     */
    public static EmbeddedServer start(Settings settings) {
        EmbeddedServer server = new EmbeddedServer(settings);
        server.initialise();
        if (!server.adopt()) {
            server.startFresh();
        }
        try {
            ServerRoles.ensure(server.url("postgres"), server.adminPassword(), server.password());
        } catch (RuntimeException failure) {
            server.close();
            throw failure;
        }
        return server;
    }

    /**
     * How to reach the server another process runs in this folder, as its hub does; empty when none
     * runs. For tools beside a running hub.
     */
    public static Optional<Reach> running(Path folder) {
        OptionalInt port = portIn(folder.resolve("data"));
        Optional<byte[]> secret = KeyFile.read(folder.resolve("password"));
        if (port.isEmpty() || secret.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Reach(
                        "jdbc:postgresql://127.0.0.1:"
                                + port.getAsInt()
                                + "/"
                                + ServerRoles.DATABASE,
                        ServerRoles.ROLE,
                        derived(secret.get(), "role")));
    }

    /** An address and a login. */
    public record Reach(String url, String user, Secret password) {}

    public int port() {
        return port;
    }

    /** Where the hub's database is. */
    public String url() {
        return url(ServerRoles.DATABASE);
    }

    /** Who the hub is there: the owner of its database and nothing more. */
    public String user() {
        return ServerRoles.ROLE;
    }

    public Secret password() {
        return derived("role");
    }

    /** Stops the server; everything acknowledged is on disk. */
    @Override
    public void close() {
        Programs.Result stopped = control(STOP, "stop", "-m", "fast", "-w", "-t", "50");
        if (!stopped.ok() && running()) {
            LOG.warn("PostgreSQL did not stop in time; stopping it at once");
            control(STOP, "stop", "-m", "immediate", "-w", "-t", "20");
        }
    }

    private void initialise() {
        Path data = data();
        if (Files.exists(data.resolve("PG_VERSION"))) {
            return;
        }
        LOG.info("making a new database in {}", folder);
        Path passwordFile = folder.resolve(".initial-password");
        KeyFile.write(passwordFile, adminPassword().reveal().getBytes(StandardCharsets.UTF_8));
        try {
            clearHalfMade(data);
            account.own(folder);
            Programs.Result made =
                    Programs.run(
                            account.prefix(),
                            List.of(
                                    programs.program("initdb"),
                                    "--pgdata=" + data,
                                    "--username=" + ServerRoles.ADMIN,
                                    "--pwfile=" + passwordFile,
                                    "--auth=scram-sha-256",
                                    "--encoding=UTF8",
                                    "--locale=C"),
                            START);
            if (!made.ok()) {
                LOG.error("initdb said: {}", made.output().strip());
                clearHalfMade(data);
                throw ServerFailure.of("cannot make the database", made.output(), log());
            }
        } finally {
            deleteQuietly(passwordFile);
        }
    }

    /** An interrupted initdb leaves no PG_VERSION or an empty folder; it must begin afresh. */
    private static void clearHalfMade(Path data) {
        if (!Files.exists(data)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(data)) {
            for (Path path : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException failure) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "cannot clear the half-made database " + data + "; remove it by hand",
                    failure);
        }
    }

    private boolean adopt() {
        if (!running()) {
            return false;
        }
        OptionalInt left = portOfRunning();
        if (left.isPresent()) {
            port = left.getAsInt();
            if (ServerRoles.answers(url("postgres"), adminPassword())) {
                ServerRoles.endConnections(url("postgres"), adminPassword());
                LOG.info("adopted the PostgreSQL that an earlier hub left running");
                return true;
            }
        }
        LOG.info("stopping the PostgreSQL that an earlier hub left running");
        close();
        return false;
    }

    private void startFresh() {
        int ports = ATTEMPTS;
        int waits = ORPHAN_WAITS;
        while (true) {
            String said = startOnFreePort().orElse("");
            if (said.isEmpty()) {
                return;
            }
            boolean again =
                    (ServerFailure.addressInUse(said) && --ports > 0)
                            || (ServerFailure.orphansLeft(said) && --waits > 0 && paused());
            if (!again) {
                LOG.error("PostgreSQL said: {}", said.strip());
                throw ServerFailure.of("cannot start PostgreSQL", said, log());
            }
        }
    }

    /** What it said when it did not start. */
    private Optional<String> startOnFreePort() {
        port = freePort();
        ServerSettings.write(data(), port, connections);
        account.own(folder);
        long logBefore = size(log());
        Programs.Result started =
                control(START, "start", "-w", "-t", "110", "-l", log().toString());
        return started.ok()
                ? Optional.empty()
                : Optional.of("failed: " + started.output() + logSince(logBefore));
    }

    private static boolean paused() {
        try {
            Thread.sleep(ORPHAN_PAUSE);
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean running() {
        return control(STOP, "status").ok();
    }

    private Programs.Result control(Duration patience, String... arguments) {
        List<String> command = new java.util.ArrayList<>();
        command.add(programs.program("pg_ctl"));
        command.add("-D");
        command.add(data().toString());
        command.addAll(List.of(arguments));
        return Programs.run(account.prefix(), command, patience);
    }

    /** The fourth line of postmaster.pid. */
    private OptionalInt portOfRunning() {
        return portIn(data());
    }

    private static OptionalInt portIn(Path data) {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            return lines.size() < 4
                    ? OptionalInt.empty()
                    : OptionalInt.of(Integer.parseInt(lines.get(3).strip()));
        } catch (IOException | NumberFormatException unreadable) {
            return OptionalInt.empty();
        }
    }

    private String logSince(long from) {
        try {
            byte[] all = Files.readAllBytes(log());
            int start = (int) Math.min(from, all.length);
            return new String(all, start, all.length - start, StandardCharsets.UTF_8);
        } catch (IOException none) {
            return "";
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException none) {
            return 0;
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private Secret adminPassword() {
        return derived("admin");
    }

    private Secret derived(String purpose) {
        return derived(secret, purpose);
    }

    private static Secret derived(byte[] secret, String purpose) {
        return new Secret(HexFormat.of().formatHex(AtRest.derive(secret, "postgres/" + purpose)));
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path log() {
        return folder.resolve("server.log");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new FacetException(
                    ErrorCode.PORT_IN_USE, "no free port for PostgreSQL is left", failure);
        }
    }

    private static void privateFolder(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException failure) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "cannot make the folder " + folder + "; choose another data folder",
                    failure);
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            LOG.warn("{} holds a secret and could not be deleted", file, failure);
        }
    }
}
