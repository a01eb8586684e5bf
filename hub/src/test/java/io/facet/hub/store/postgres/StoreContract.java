package io.facet.hub.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.config.Secret;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.cameras.CameraStore;
import io.facet.hub.events.EventQuery;
import io.facet.hub.events.EventStore;
import io.facet.hub.events.HubEvent;
import io.facet.hub.people.PeopleStore;
import io.facet.hub.testing.FakeVision;
import io.facet.hub.testing.Sightings;
import io.facet.hub.webhooks.Webhook;
import io.facet.model.AgentId;
import io.facet.model.Camera;
import io.facet.model.CameraId;
import io.facet.model.CameraSource;
import io.facet.model.EventId;
import io.facet.model.FaceId;
import io.facet.model.Jpeg;
import io.facet.model.Person;
import io.facet.model.PersonId;
import io.facet.model.Quality;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import io.facet.model.Uuid7;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the stores ask of a PostgreSQL, embedded or external. */
@SuppressWarnings("NullAway.Init") // started before every test
abstract class StoreContract {
    private static final Quality.Component GOOD =
            new Quality.Component("sharpness", "sharpness", 1, 0.5f, true, "");
    private static final byte[] MASTER = new byte[32];

    @TempDir private Path folder = Path.of("");

    private final Uuid7 ids = new Uuid7(InstantSource.system(), new Random());
    private @Nullable Server server;

    /** A server with an empty database. */
    interface Server extends AutoCloseable {
        Database.Address address();

        void restart();

        @Override
        void close();
    }

    abstract Server server(Path folder);

    Server server() {
        if (server == null) {
            throw new IllegalStateException("no server");
        }
        return server;
    }

    Database database() {
        return Database.open(server().address());
    }

    @BeforeEach
    void start() {
        server = server(folder);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void migrationsRunOnceAndAStrangersDatabaseIsLeftAlone() {
        long made;
        try (Database database = database()) {
            made = count(database, "flyway_schema_history");
            assertThat(made).isPositive();
        }
        try (Database database = database()) {
            assertThat(count(database, "flyway_schema_history")).isEqualTo(made);
            database.transaction(handle -> {
                handle.execute("DROP SCHEMA public CASCADE");
                handle.execute("CREATE SCHEMA public");
                return handle.execute("CREATE TABLE invoices (n int)");
            });
        }
        assertThatThrownBy(this::database)
                .isInstanceOfSatisfying(
                        FacetException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
    }

    @Test
    void aWrongPasswordIsRefusedWithWhatToDo() {
        Database.Address right = server().address();
        Database.Address wrong =
                new Database.Address(right.url(), right.user(), new Secret("wrong"), 2);
        assertThatThrownBy(() -> Database.open(wrong))
                .isInstanceOfSatisfying(
                        FacetException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessageContaining("password");
    }

    @Test
    void acknowledgedCommitsAreDurable() {
        try (Database database = database()) {
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                String value =
                        database.transaction(
                                h -> h.createQuery("SHOW " + setting).mapTo(String.class).one());
                assertThat(value).as(setting).isEqualTo("on");
            }
        }
    }

    @Test
    void peopleAndTheirFacesAreKeptChangedAndForgottenAcrossARestart() {
        Person ada = person("Ada", "staff-1");
        Person grace = person("Grace", null);
        PeopleStore.NewFace first = face(ada, 1);
        PeopleStore.NewFace second = face(ada, 2);
        try (Database database = database()) {
            PostgresPeople people = people(database);
            long revision = people.add(first, Optional.of(ada));
            assertThat(people.add(second, Optional.empty())).isEqualTo(revision + 1);
            people.add(face(grace, 3), Optional.of(grace));
            Person impostor = person("Somebody", "staff-1");
            assertThatThrownBy(() -> people.add(face(impostor, 4), Optional.of(impostor)))
                    .isInstanceOfSatisfying(
                            FacetException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS));
            assertThatThrownBy(() -> people.add(face(impostor, 5), Optional.empty()))
                    .isInstanceOfSatisfying(
                            FacetException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
        }
        server().restart();
        try (Database database = database()) {
            PostgresPeople people = people(database);
            assertThat(people.countFaces()).isEqualTo(3);
            assertThat(people.person(ada.id())).contains(ada);
            assertThat(people.byExternalId("staff-1")).contains(ada.id());
            assertThat(people.facesOf(ada.id()))
                    .extracting(f -> f.id())
                    .containsExactlyInAnyOrder(first.id(), second.id());
            assertThat(people.picture(first.id()))
                    .map(Jpeg::bytes)
                    .contains(first.picture().bytes());
            assertThat(people.remove(first.id())).isPresent();
            assertThat(people.remove(first.id())).isEmpty();
            assertThat(people.erase(ada.id(), Instant.now())).isPresent();
            assertThat(people.person(ada.id())).isEmpty();
            assertThat(people.countPeople()).isEqualTo(1);
        }
    }

    @Test
    void anEventIsStoredOnceHoweverOftenAndWhencesoeverItComes() throws Exception {
        List<EventStore.Entry> entries = entries(60);
        try (Database database = database()) {
            PostgresEvents events = new PostgresEvents(database, vault(database));
            events.prepare(Instant.now());
            List<Callable<Set<EventId>>> senders = new ArrayList<>();
            for (int sender = 0; sender < 4; sender++) {
                // Each its own part of them and its own order, so that batches overlap and cross.
                List<EventStore.Entry> own =
                        new ArrayList<>(entries.subList(sender * 5, 40 + sender * 5));
                java.util.Collections.shuffle(own, new Random(sender));
                senders.add(() -> events.add(own));
            }
            int fresh = 0;
            try (var threads = Executors.newFixedThreadPool(4)) {
                for (var taken : threads.invokeAll(senders)) {
                    fresh += taken.get().size();
                }
            }
            assertThat(fresh).isEqualTo(55);
            assertThat(events.add(entries)).hasSize(5);
        }
        server().restart();
        try (Database database = database()) {
            PostgresEvents events = new PostgresEvents(database, vault(database));
            assertThat(events.add(entries)).isEmpty();
            assertThat(count(database, "events")).isEqualTo(60);
            EventStore.Entry newest = entries.getLast();
            List<EventStore.Row> page = events.page(newestTen());
            assertThat(page).hasSize(11);
            assertThat(page.getFirst().entry().event().header()).isEqualTo(newest.event().header());
            assertThat(events.crop(newest.event().header().id(), SiteScope.ALL))
                    .map(Jpeg::bytes)
                    .contains(new byte[] {59});
        }
    }

    private static EventQuery newestTen() {
        return new EventQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                SiteScope.ALL,
                Optional.empty(),
                10);
    }

    @Test
    void webhooksAreToldByTheTransactionThatMakesItTrueOrNotAtAll() {
        try (Database database = database()) {
            Vault vault = vault(database);
            UUID hook = hook(database, vault);
            WebhookOutbox outbox =
                    new WebhookOutbox(vault, e -> e.type().getBytes(StandardCharsets.UTF_8));
            PostgresPeople people = people(database, outbox);
            Person ada = person("Ada", null);
            people.add(face(ada, 0), Optional.of(ada));
            assertThat(told(database, hook)).containsExactly("face_added");

            PostgresPeople dying =
                    people(
                            database,
                            (handle, event, at) -> {
                                outbox.tell(handle, event, at);
                                throw new IllegalStateException("killed");
                            });
            assertThatThrownBy(() -> dying.add(face(ada, 1), Optional.empty()))
                    .hasMessage("killed");
            assertThatThrownBy(() -> dying.erase(ada.id(), Instant.now())).hasMessage("killed");
            assertThat(people.countFaces()).isEqualTo(1);
            assertThat(told(database, hook)).containsExactly("face_added");

            people.add(face(ada, 1), Optional.empty());
            people.erase(ada.id(), Instant.now());
            assertThat(told(database, hook))
                    .containsExactly("face_added", "face_added", "face_deleted", "face_deleted");
        }
    }

    @Test
    void aCameraIsToldOfOnceWhoeverAsksAndForTheLastTimeWhenItIsRemoved() {
        try (Database database = database()) {
            Vault vault = vault(database);
            UUID hook = hook(database, vault);
            WebhookOutbox outbox =
                    new WebhookOutbox(vault, e -> e.type().getBytes(StandardCharsets.UTF_8));
            Camera door =
                    new Camera(
                            new CameraId(ids.next()),
                            "Door",
                            SiteId.DEFAULT,
                            new AgentId("box"),
                            new CameraSource.Device(0));
            new PostgresDevices(database).register(door.agent(), door.site(), Instant.now());
            PostgresCameras cameras = new PostgresCameras(database, vault, outbox);
            assertThat(cameras.add(new CameraStore.Stored(door, Instant.now()))).isTrue();
            HubEvent on =
                    new HubEvent.CameraConnected(
                            door.id(), door.name(), Instant.now(), door.site(), door.agent());
            for (int hub = 0; hub < 2; hub++) {
                new PostgresCameraOutbox(database, outbox, InstantSource.system())
                        .tell(door.id(), true, on);
            }
            assertThat(told(database, hook)).containsExactly("camera_connected");
            assertThat(cameras.remove(door.id(), SiteScope.ALL, Instant.now())).isPresent();
            assertThat(told(database, hook))
                    .containsExactly("camera_connected", "camera_disconnected");
        }
    }

    private UUID hook(Database database, Vault vault) {
        Webhook hook =
                new Webhook(
                        ids.next(),
                        URI.create("https://receiver.invalid/"),
                        "",
                        Set.of(),
                        SiteScope.ALL,
                        true,
                        Instant.now());
        PostgresWebhooks webhooks = new PostgresWebhooks(database, vault);
        webhooks.add(hook, new byte[] {1});
        webhooks.add(
                new Webhook(
                        ids.next(),
                        hook.url(),
                        "",
                        Set.of("unknown_seen"),
                        SiteScope.ALL,
                        true,
                        Instant.now()),
                new byte[] {1});
        return hook.id();
    }

    /** What waits for the webhook, oldest first; nothing waits for the other. */
    private static List<String> told(Database database, UUID hook) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT type FROM webhook_deliveries WHERE state = 'waiting'"
                                        + " ORDER BY webhook_id <> :hook, position")
                        .bind("hook", hook)
                        .mapTo(String.class)
                        .list());
    }

    private List<EventStore.Entry> entries(int count) {
        Sightings sightings = new Sightings(new AgentId("box"), new CameraId(ids.next()));
        Instant start = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    Instant at = start.plusMillis(i);
                    return new EventStore.Entry(
                            sightings.unknown(at, new byte[] {(byte) i}), at, start, false);
                })
                .toList();
    }

    private PostgresPeople people(Database database) {
        return people(database, Outbox.NOBODY);
    }

    private static PostgresPeople people(Database database, Outbox outbox) {
        return new PostgresPeople(
                database, vault(database), InstantSource.system(), (_, _) -> {}, outbox);
    }

    private static Vault vault(Database database) {
        return new Vault(database, List.of(MASTER));
    }

    private Person person(String name, @Nullable String externalId) {
        return new Person(
                new PersonId(ids.next()),
                name,
                externalId,
                Map.of("team", "blue"),
                Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    private PeopleStore.NewFace face(Person person, int number) {
        float[] raw = new float[FakeVision.SPACE.dimension()];
        raw[number] = 1;
        return new PeopleStore.NewFace(
                new FaceId(ids.next()),
                person.id(),
                io.facet.model.Embedding.normalised(FakeVision.SPACE, raw),
                new Quality(0.8f, GOOD, GOOD, GOOD, GOOD, GOOD, GOOD),
                Map.of(),
                new Jpeg(new byte[] {(byte) number, 1, 2}),
                Instant.now());
    }

    private static long count(Database database, String table) {
        return database.transaction(handle ->
                handle.createQuery("SELECT count(*) FROM " + table).mapTo(Long.class).one());
    }
}
