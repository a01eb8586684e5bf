package io.facet.hub.store.postgres.server;

import io.facet.config.FacetConfig;
import io.facet.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL of Debian's, as an operator would run it beside the hub: a cluster of the test's own
 * on a free port of the loopback address, logins by password only. Used by one thread.
 */
public final class ExternalPostgres implements AutoCloseable {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final int OLDEST = 15;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Secret ADMIN = new Secret("0123456789abcdef");
    private static final Secret PASSWORD = new Secret("fedcba9876543210");

    private final Path programs;
    private final Path folder;
    private final Account account;
    private final int port;

    private ExternalPostgres(Path programs, Path folder) {
        this.programs = programs;
        this.folder = folder;
        this.account = Account.forServerIn(folder);
        this.port = freePort();
    }

    /** Whether the Debian package {@code postgresql}, 15 or later, is here. */
    public static boolean isInstalled() {
        return programs().isPresent();
    }

    /** Makes and starts a cluster in a folder, with the hub's role and an empty database. */
    public static ExternalPostgres in(Path folder) {
        try {
            Files.createDirectories(folder);
            ExternalPostgres server = new ExternalPostgres(programs().orElseThrow(), folder);
            server.make();
            server.start();
            ServerRoles.ensure(server.url("postgres"), ADMIN, PASSWORD);
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** For the hub's configuration. */
    public FacetConfig.Database config() {
        FacetConfig.Database d = FacetConfig.Database.DEFAULT;
        return new FacetConfig.Database(
                d.vectorDb(),
                d.shardingStrategy(),
                url(),
                ServerRoles.ROLE,
                PASSWORD,
                d.poolSize());
    }

    public String url() {
        return url(ServerRoles.DATABASE);
    }

    /** Stops it, cutting connections, and starts it again at the same address. */
    public void restart() {
        close();
        start();
    }

    @Override
    public void close() {
        control("stop", "-m", "fast", "-w", "-t", "60");
    }

    private void make() throws IOException {
        Path passwordFile = folder.resolve("admin-password");
        Files.writeString(passwordFile, ADMIN.reveal(), StandardCharsets.UTF_8);
        account.own(folder);
        run(
                "initdb",
                "--pgdata=" + data(),
                "--username=" + ServerRoles.ADMIN,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C");
        Files.writeString(
                data().resolve("postgresql.conf"),
                """
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                """
                        .formatted(port),
                java.nio.file.StandardOpenOption.APPEND);
    }

    private void start() {
        control("start", "-w", "-t", "110", "-l", folder.resolve("server.log").toString());
    }

    private void control(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-D", data().toString()));
        all.addAll(List.of(arguments));
        run("pg_ctl", all.toArray(String[]::new));
    }

    private void run(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(programs.resolve(program).toString()));
        command.addAll(List.of(arguments));
        Programs.Result result = Programs.run(account.prefix(), command, PATIENCE);
        if (!result.ok()) {
            throw new IllegalStateException(program + ": " + result.output());
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The newest version's programs. */
    private static Optional<Path> programs() {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.filter(v -> v.getFileName().toString().matches("[0-9]{1,3}"))
                    .filter(v -> version(v) >= OLDEST)
                    .max(Comparator.comparingInt(ExternalPostgres::version))
                    .map(v -> v.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int version(Path folder) {
        return Integer.parseInt(folder.getFileName().toString());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
