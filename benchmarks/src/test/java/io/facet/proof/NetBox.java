package io.facet.proof;

import io.facet.e2e.Program;
import io.facet.proof.Namespaces.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code ./facet edge} in a namespace, and what its outbox says. One thread's. */
final class NetBox implements AutoCloseable {
    private final Place place;
    private final Path folder;
    private final Program program;

    private NetBox(Place place, Path folder, Program program) {
        this.place = place;
        this.folder = folder;
        this.program = program;
    }

    /** Joins a hub with a token and runs. */
    static NetBox join(Namespaces namespaces, Place place, Path folder, String tokenAtHub)
            throws IOException {
        Files.createDirectories(folder);
        return new NetBox(
                place,
                folder,
                Program.start(
                        namespaces.enter(place),
                        folder.resolve("agent.log"),
                        Map.of(),
                        "edge",
                        "--data",
                        folder.resolve("data").toString(),
                        "--join",
                        tokenAtHub,
                        "--port",
                        "0"));
    }

    /** The name it joins under. */
    static String name(Place place) {
        return "box-" + place.name().toLowerCase(Locale.ROOT);
    }

    String name() {
        return name(place);
    }

    boolean alive() {
        return program.alive();
    }

    String log() throws IOException {
        return Files.readString(folder.resolve("agent.log"));
    }

    /** Events that are durably recorded, over all time: the last one's sequence. */
    long recorded() {
        return ask("SELECT last_sequence FROM tally");
    }

    /** Events that were given up for want of room. */
    long dropped() {
        return ask("SELECT dropped_low + dropped_high FROM tally");
    }

    /** Events that the hub has not confirmed. */
    long waiting() {
        return ask("SELECT count(*) FROM event");
    }

    private long ask(String question) {
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + folder.resolve("data/outbox.db"));
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getLong(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(question, failure);
        }
    }

    /** SIGTERM, and whether it ended in time. */
    boolean stop() {
        return program.stop();
    }

    /** Two boxes end at once. */
    static List<Boolean> stop(List<NetBox> boxes) {
        return boxes.parallelStream().map(NetBox::stop).toList();
    }

    @Override
    public void close() {
        program.close();
    }
}
