package io.facet.hub.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.crypto.SigningKeyPair;
import io.facet.hub.people.PeopleStore;
import io.facet.hub.store.postgres.server.EmbeddedServer;
import io.facet.hub.sync.GalleryFeed;
import io.facet.hub.sync.GallerySelection;
import io.facet.hub.testing.FakeVision;
import io.facet.hub.watchlists.Watchlist;
import io.facet.hub.watchlists.WatchlistId;
import io.facet.hub.watchlists.WatchlistRules;
import io.facet.model.AgentId;
import io.facet.model.Embedding;
import io.facet.model.FaceId;
import io.facet.model.Jpeg;
import io.facet.model.Person;
import io.facet.model.PersonId;
import io.facet.model.Quality;
import io.facet.model.SiteId;
import io.facet.model.Uuid7;
import io.facet.wire.GalleryRequest;
import io.facet.wire.WireIds;
import io.facet.wire.v1.GalleryChange;
import io.facet.wire.v1.GalleryChange.ChangeCase;
import io.facet.wire.v1.GalleryChanges;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The gallery's log as boxes see it: how far back it reaches, and lists that end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before the tests
class GalleryLogIT {
    private static final Quality.Component GOOD =
            new Quality.Component("sharpness", "sharpness", 1, 0.5f, true, "");
    private static final AgentId BOX = new AgentId("box");

    @TempDir static Path folder;

    private final Uuid7 ids = new Uuid7(InstantSource.system(), new Random());
    private EmbeddedServer server;
    private Database database;
    private Vault vault;
    private PostgresPeople people;
    private PostgresGallery gallery;
    private PostgresSelections selections;
    private PostgresWatchlists watchlists;
    private GalleryFeed feed;

    @BeforeAll
    void start() {
        server =
                EmbeddedServer.start(
                        new EmbeddedServer.Settings(
                                folder, Path.of("target", "postgres").toAbsolutePath(), 20));
        database =
                Database.open(
                        new Database.Address(server.url(), server.user(), server.password(), 4));
        vault = new Vault(database, List.of(new byte[32]));
        people =
                new PostgresPeople(
                        database, vault, InstantSource.system(), (_, _) -> {}, Outbox.NOBODY);
        gallery = new PostgresGallery(database, vault);
        selections = new PostgresSelections(database, InstantSource.system());
        watchlists = new PostgresWatchlists(database, InstantSource.system());
        feed =
                new GalleryFeed(
                        gallery,
                        selections,
                        FakeVision.SPACE,
                        SigningKeyPair.generate(),
                        new GalleryFeed.Terms(new byte[32], Duration.ofDays(30)));
        new PostgresDevices(database).register(BOX, SiteId.DEFAULT, Instant.now());
    }

    @AfterAll
    void stop() {
        database.close();
        server.close();
    }

    @Test
    void whoIsFurtherBehindThanTheLogGetsASnapshotWhoIsNotADelta() {
        PersonId ada = enrol("Ada", 0);
        long old = gallery.head();
        PersonId bob = enrol("Bob", 1);
        people.erase(ada, Instant.now());
        long kept = gallery.head();
        PersonId cid = enrol("Cid", 2);
        GalleryChanges before = changes(old);
        assertThat(before.getSnapshot()).isFalse();

        age(kept, 40);
        assertThat(gallery.forgetLog(Instant.now().minus(30, ChronoUnit.DAYS)))
                .isEqualTo((int) kept);
        assertThat(gallery.forgetLog(Instant.now().minus(30, ChronoUnit.DAYS))).isZero();

        GalleryChanges behind = changes(old);
        assertThat(behind.getSnapshot()).isTrue();
        assertThat(behind.getToRevision()).isEqualTo(gallery.head());
        assertThat(persons(behind)).contains(bob.value(), cid.value()).doesNotContain(ada.value());
        assertThat(behind.getDigest()).isEqualTo(before.getDigest());
        GalleryChanges near = changes(kept);
        assertThat(near.getSnapshot()).isFalse();
        assertThat(persons(near)).containsExactly(cid.value());
        assertThat(near.getDigest()).isEqualTo(before.getDigest());
        assertThat(changes(gallery.head()).getChangesList()).isEmpty();

        long head = gallery.head();
        age(head, 40);
        gallery.forgetLog(Instant.now().minus(30, ChronoUnit.DAYS));
        assertThat(changes(head).getSnapshot()).as("who holds everything needs nothing").isFalse();
        assertThat(changes(head - 1).getSnapshot()).isTrue();
        assertThat(gallery.head()).as("revisions go on").isEqualTo(head);
        people.erase(bob, Instant.now());
        assertThat(changes(head).getChanges(0).getChangeCase())
                .isEqualTo(ChangeCase.REMOVED_PERSON_ID);
        people.erase(cid, Instant.now());
    }

    @Test
    void membersOfAListThatEndsLeaveBoxesThatHaveOnlyThatListAndComeBackWithIt() {
        PersonId ada = enrol("Ada", 3);
        PersonId bob = enrol("Bob", 4);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Watchlist ending = list("Visitors", Optional.of(now.plusSeconds(3600)));
        Watchlist lasting = list("Staff", Optional.empty());
        watchlists.join(ending.id(), List.of(ada, bob), now);
        watchlists.join(lasting.id(), List.of(bob), now);
        selections.select(BOX, new GallerySelection.Members(Set.of(ending.id(), lasting.id())));
        GalleryChanges both = changes(0);
        assertThat(persons(both)).containsExactlyInAnyOrder(ada.value(), bob.value());

        assertThat(watchlists.settle(now)).as("not yet").isZero();
        assertThat(watchlists.settle(now.plusSeconds(3600))).isEqualTo(1);
        assertThat(watchlists.settle(now.plusSeconds(3601))).as("once").isZero();
        GalleryChanges ended = changes(both.getToRevision());
        assertThat(ended.getSnapshot()).isFalse();
        assertThat(ended.getChangesList())
                .extracting(c -> WireIds.uuid("p", c.getRemovedPersonId()))
                .as("Bob is on another list")
                .containsExactly(ada.value());
        assertThat(persons(changes(0))).containsExactly(bob.value());
        assertThat(ended.getDigest()).isEqualTo(changes(0).getDigest());

        PersonId late = enrol("Late", 5);
        watchlists.join(ending.id(), List.of(late), now);
        assertThat(changes(ended.getToRevision()).getChangesList())
                .as("nobody comes by a list that has ended")
                .isEmpty();
        assertThat(
                        watchlists.update(
                                new Watchlist(
                                        ending.id(),
                                        rules("Visitors", Optional.empty()),
                                        now,
                                        now)))
                .isTrue();
        assertThat(watchlists.settle(now.plusSeconds(3602))).isEqualTo(1);
        GalleryChanges again = changes(ended.getToRevision());
        assertThat(persons(again)).contains(ada.value(), late.value());
        assertThat(again.getDigest()).isEqualTo(changes(0).getDigest());
        for (PersonId person : List.of(ada, bob, late)) {
            people.erase(person, Instant.now());
        }
        selections.select(BOX, new GallerySelection.Everybody());
    }

    private Watchlist list(String name, Optional<Instant> end) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Watchlist list = new Watchlist(new WatchlistId(ids.next()), rules(name, end), now, now);
        assertThat(watchlists.add(list)).isTrue();
        return list;
    }

    private static WatchlistRules rules(String name, Optional<Instant> end) {
        return new WatchlistRules(
                name, Optional.empty(), WatchlistRules.COLOUR, end, Set.of(), Set.of());
    }

    private void age(long upTo, int days) {
        database.transaction(handle ->
                handle.createUpdate(
                                "UPDATE gallery_log SET at = at - make_interval(days => :days)"
                                        + " WHERE revision <= :upTo")
                        .bind("days", days)
                        .bind("upTo", upTo)
                        .execute());
    }

    private GalleryChanges changes(long since) {
        return feed.changes(
                new GalleryRequest(BOX, since, FakeVision.SPACE.id(), Optional.empty(), ""));
    }

    private static List<UUID> persons(GalleryChanges changes) {
        return changes.getChangesList().stream()
                .filter(GalleryChange::hasPut)
                .map(c -> WireIds.uuid("p", c.getPut().getPersonId()))
                .toList();
    }

    private PersonId enrol(String name, int number) {
        Person person = new Person(new PersonId(ids.next()), name, null, Map.of(), Instant.now());
        float[] raw = new float[FakeVision.SPACE.dimension()];
        raw[number] = 1;
        people.add(
                new PeopleStore.NewFace(
                        new FaceId(ids.next()),
                        person.id(),
                        Embedding.normalised(FakeVision.SPACE, raw),
                        new Quality(0.8f, GOOD, GOOD, GOOD, GOOD, GOOD, GOOD),
                        Map.of(),
                        new Jpeg(new byte[] {(byte) number, 1, 2}),
                        Instant.now()),
                Optional.of(person));
        return person.id();
    }
}
