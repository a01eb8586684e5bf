package io.facet.hub.store.postgres.server;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * As whom the server runs: PostgreSQL refuses to be root.
 *
 * <p>Root is left through a user namespace of the server's own, in which it is nobody while its
 * files stay root's; where the kernel forbids that (many containers), through the account 65534,
 * which then owns the data.
 *
 * @param prefix put before every program
 * @param owner who must own the data folder; empty for the present user
 */
record Account(List<String> prefix, OptionalInt owner) {
    private static final int NOBODY = 65534;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The account for a server with data in {@code folder}, which exists. */
    static Account forServerIn(Path folder) {
        if (!isRoots(folder)) {
            return new Account(List.of(), OptionalInt.empty());
        }
        List<String> namespace = List.of("unshare", "--user");
        if (Programs.run(namespace, List.of("true"), PATIENCE).ok()) {
            return new Account(namespace, OptionalInt.empty());
        }
        return nobody();
    }

    static Account nobody() {
        List<String> nobody =
                List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        if (Programs.run(nobody, List.of("true"), PATIENCE).ok()) {
            return new Account(nobody, OptionalInt.of(NOBODY));
        }
        throw new FacetException(
                ErrorCode.UNAVAILABLE,
                "the embedded PostgreSQL cannot run as root here; start the hub as another user,"
                        + " or set database.url");
    }

    /** Gives a folder and all in it to the account. */
    void own(Path folder) {
        if (owner.isEmpty()) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.toList()) {
                Files.setAttribute(path, "unix:uid", owner.getAsInt(), LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isRoots(Path folder) {
        try {
            // A file made just now belongs to whoever runs this.
            Path probe = Files.createTempFile(folder, ".owner", "");
            try {
                return Integer.valueOf(0).equals(Files.getAttribute(probe, "unix:uid"));
            } finally {
                Files.delete(probe);
            }
        } catch (IOException failure) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "cannot write to " + folder + "; choose another data folder",
                    failure);
        }
    }
}
