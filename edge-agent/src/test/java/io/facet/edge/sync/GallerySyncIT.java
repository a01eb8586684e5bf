package io.facet.edge.sync;

import static io.facet.edge.sync.FakeGalleryHub.SPACE;
import static io.facet.edge.sync.FakeGalleryHub.embedding;
import static io.facet.edge.sync.FakeGalleryHub.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.facet.config.Secret;
import io.facet.crypto.AtRest;
import io.facet.crypto.SigningKeyPair;
import io.facet.edge.gallery.BootTime;
import io.facet.edge.gallery.GalleryMemory;
import io.facet.edge.gallery.LocalGallery;
import io.facet.index.ExactIndex;
import io.facet.match.MatchDecision;
import io.facet.match.MatchPolicy;
import io.facet.model.EmbeddingSpace;
import io.facet.vision.embed.Calibration;
import io.facet.vision.embed.Calibration.Knot;
import io.facet.wire.GalleryTerms;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gallery and sync against a hub over HTTP. */
class GallerySyncIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Calibration CALIBRATION =
            new Calibration(List.of(new Knot(-1, 0), new Knot(1, 1)));

    @TempDir private Path folder = Path.of("");
    private volatile BootTime.Reading bootTime = new BootTime.Reading("boot-1", Duration.ZERO);
    private FakeGalleryHub hub;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void startHub() throws Exception {
        hub = new FakeGalleryHub();
    }

    @AfterEach
    void stopHub() {
        hub.close();
        http.close();
    }

    private LocalGallery gallery() {
        return gallery(new byte[AtRest.KEY_BYTES], SPACE);
    }

    private LocalGallery gallery(byte[] key, EmbeddingSpace space) {
        return new LocalGallery(
                folder.resolve("gallery.db"),
                new AtRest(key, new SecureRandom()),
                space,
                digestKey -> new GalleryMemory(new ExactIndex(space), CALIBRATION, digestKey),
                new MatchPolicy(0.99f, 0.001f, 5),
                () -> bootTime);
    }

    private GallerySync sync(LocalGallery gallery) {
        return sync(gallery, FakeGalleryHub.KEY);
    }

    private GallerySync sync(LocalGallery gallery, String key) {
        return new GallerySync(
                gallery,
                new HubGallery(
                        http,
                        hub.address(),
                        new Secret(key),
                        FakeGalleryHub.AGENT,
                        gallery.space(),
                        hub.keys::verifying,
                        new SecureRandom()),
                Duration.ofMinutes(5));
    }

    private void awaitHubs(LocalGallery gallery) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    assertThat(gallery.revision()).isEqualTo(hub.head());
                    assertThat(gallery.digest()).isEqualTo(hub.digest());
                });
    }

    @Test
    void aNewBoxGetsEveryoneAndKnowsThemWithoutTheHubAfterwards() throws SQLException {
        for (int i = 1; i <= 10; i++) {
            hub.put(i, i, "Person " + i);
        }
        try (LocalGallery gallery = gallery();
                GallerySync sync = sync(gallery)) {
            awaitHubs(gallery);
            assertThat(sync.trouble()).isEmpty();
        }
        hub.close();
        try (LocalGallery offline = gallery()) {
            assertThat(offline.revision()).isEqualTo(10);
            assertThat(offline.digest()).isEqualTo(hub.digest());
            assertThat(offline.match(embedding(4)))
                    .isInstanceOfSatisfying(
                            MatchDecision.Known.class,
                            known -> assertThat(known.best().person()).isEqualTo(person(4)));
            assertThat(offline.nameOf(person(4))).hasValue("Person 4");
        }
    }

    @Test
    void announcedChangesOfEveryKindArrive() throws SQLException {
        hub.put(1, 1, "Ada");
        hub.put(2, 1, "Ada");
        hub.put(3, 2, "Bob");
        try (LocalGallery gallery = gallery();
                GallerySync sync = sync(gallery)) {
            awaitHubs(gallery);
            hub.remove(1);
            hub.rename(1, "Ada L.");
            hub.put(4, 3, "Cid");
            hub.put(2, 3, "Cid");
            hub.erase(2);
            sync.announced(hub.head());
            awaitHubs(gallery);

            assertThat(gallery.nameOf(person(2))).isEmpty();
            assertThat(gallery.nameOf(person(3))).hasValue("Cid");
            assertThat(gallery.match(embedding(3))).isInstanceOf(MatchDecision.Unknown.class);
            assertThat(gallery.size()).isEqualTo(2);
        }
    }

    @Test
    void randomHistoriesEndEqualWhateverThePages() throws SQLException {
        Random random = new Random(7);
        try (LocalGallery gallery = gallery();
                GallerySync sync = sync(gallery)) {
            for (int round = 0; round < 12; round++) {
                for (int i = 0; i < 15; i++) {
                    int n = random.nextInt(1, 9);
                    switch (random.nextInt(5)) {
                        case 0 -> hub.remove(n);
                        case 1 -> hub.rename(n % 4, "Name " + i);
                        case 2 -> hub.erase(n % 4);
                        default -> hub.put(n, n % 4, "Person " + n);
                    }
                }
                hub.pageSize = random.nextInt(1, 20);
                hub.snapshotsBelow = random.nextBoolean() ? hub.head() : 0;
                sync.announced(hub.head());
                awaitHubs(gallery);
            }
            assertThat(sync.trouble()).isEmpty();
        }
        try (LocalGallery reopened = gallery()) {
            assertThat(reopened.digest()).isEqualTo(hub.digest());
        }
    }

    @Test
    void aSnapshotCutShortLeavesWhatWasThereInUse() throws SQLException {
        hub.put(1, 1, "Ada");
        try (LocalGallery gallery = gallery();
                GallerySync sync = sync(gallery)) {
            awaitHubs(gallery);
            for (int i = 2; i <= 9; i++) {
                hub.put(i, i, "Person " + i);
            }
            hub.snapshotsBelow = hub.head();
            hub.requests.clear();
            hub.breaksAfter.set(1);
            sync.announced(hub.head());
            await().atMost(PATIENCE).until(() -> sync.trouble().contains("does not answer"));

            assertThat(gallery.revision()).isEqualTo(1);
            assertThat(gallery.match(embedding(1))).isInstanceOf(MatchDecision.Known.class);
            assertThat(gallery.size()).isEqualTo(1);

            hub.breaksAfter.set(-1);
            awaitHubs(gallery);
            assertThat(hub.requests)
                    .filteredOn(asked -> asked.contains("since=1") && !asked.contains("cursor="))
                    .as("it went on where it was cut short")
                    .hasSize(1);
        }
    }

    @Test
    void aDifferingDigestFetchesEverythingAnew() throws SQLException {
        hub.put(1, 1, "Ada");
        hub.wrongDigest = true;
        try (LocalGallery gallery = gallery();
                GallerySync sync = sync(gallery)) {
            await().atMost(PATIENCE).until(() -> sync.trouble().contains("differs"));
            assertThat(gallery.match(embedding(1))).isInstanceOf(MatchDecision.Known.class);
            hub.wrongDigest = false;
            hub.put(2, 2, "Bob");
            await().atMost(PATIENCE).until(() -> sync.trouble().isEmpty());
            awaitHubs(gallery);
            assertThat(hub.requests)
                    .filteredOn(q -> q.startsWith("since=0&"))
                    .hasSizeGreaterThan(1);
        }
    }

    @Test
    void aGalleryOfSomebodyElseIsRefusedAndWhatIsHeldStays() throws SQLException {
        hub.put(1, 1, "Ada");
        try (LocalGallery gallery = gallery();
                GallerySync sync = sync(gallery)) {
            awaitHubs(gallery);
            hub.signsWith = SigningKeyPair.generate();
            hub.put(2, 2, "Mallory");
            sync.announced(hub.head());
            await().atMost(PATIENCE).until(() -> sync.trouble().contains("not signed"));
            assertThat(gallery.nameOf(person(2))).isEmpty();
            assertThat(gallery.match(embedding(1))).isInstanceOf(MatchDecision.Known.class);
            hub.signsWith = hub.keys;
            awaitHubs(gallery);
        }
    }

    @Test
    void anotherDigestKeyIsFollowedBySnapshot() throws SQLException {
        hub.put(1, 1, "Ada");
        try (LocalGallery gallery = gallery();
                GallerySync sync = sync(gallery)) {
            awaitHubs(gallery);
            byte[] other = new byte[GalleryTerms.BYTES];
            other[3] = 7;
            hub.digestKey = other;
            hub.put(2, 2, "Bob");
            sync.announced(hub.head());
            awaitHubs(gallery);
            assertThat(sync.trouble()).isEmpty();
        }
        try (LocalGallery reopened = gallery()) {
            assertThat(reopened.digest()).isEqualTo(hub.digest());
        }
    }

    @Test
    void aBoxThatNeverHearsTheHubForgetsEverybodyWhenTheLeaseIsOver() throws SQLException {
        hub.put(1, 1, "Ada");
        try (LocalGallery gallery = gallery();
                GallerySync sync = sync(gallery)) {
            awaitHubs(gallery);
            assertThat(sync.trouble()).isEmpty();
        }
        hub.status = 500;
        bootTime = new BootTime.Reading("boot-1", FakeGalleryHub.LEASE.minusDays(1));
        try (LocalGallery gallery = gallery()) {
            assertThat(gallery.size()).as("a day before").isEqualTo(1);
            assertThat(gallery.spendLease()).isFalse();
        }
        bootTime = new BootTime.Reading("boot-2", Duration.ofHours(23));
        try (LocalGallery gallery = gallery();
                GallerySync sync = sync(gallery)) {
            assertThat(gallery.size()).as("an hour before, after another boot").isEqualTo(1);
            bootTime = new BootTime.Reading("boot-2", Duration.ofHours(25));
            await().atMost(PATIENCE).until(() -> gallery.size() == 0);
            assertThat(gallery.match(embedding(1))).isInstanceOf(MatchDecision.Unknown.class);
            assertThat(gallery.revision()).isZero();
            hub.status = 200;
            awaitHubs(gallery);
            assertThat(sync.trouble()).isEmpty();
        }
    }

    @Test
    void anAnswerPlayedAgainIsRefused() throws SQLException {
        hub.put(1, 1, "Ada");
        try (LocalGallery gallery = gallery();
                GallerySync sync = sync(gallery)) {
            awaitHubs(gallery);
            hub.replays = true;
            hub.erase(1);
            sync.announced(hub.head());
            await().atMost(PATIENCE).until(() -> sync.trouble().contains("not signed"));
            hub.replays = false;
            awaitHubs(gallery);
            assertThat(gallery.size()).isZero();
        }
    }

    @Test
    void aHubThatWasSetBackIsFollowedBySnapshot() throws SQLException {
        hub.put(1, 1, "Ada");
        hub.put(2, 2, "Bob");
        try (LocalGallery gallery = gallery()) {
            try (GallerySync sync = sync(gallery)) {
                awaitHubs(gallery);
                assertThat(sync.trouble()).isEmpty();
            }
            hub.close();
            hub = newHub();
            hub.put(3, 3, "Cid");
            try (GallerySync sync = sync(gallery)) {
                awaitHubs(gallery);
                assertThat(sync.trouble()).isEmpty();
            }
            assertThat(gallery.nameOf(person(1))).isEmpty();
        }
    }

    private static FakeGalleryHub newHub() {
        try {
            return new FakeGalleryHub();
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    @Test
    void anotherEmbeddingSpaceIsRefusedWithWhatToDoAndNothingIsLost() throws SQLException {
        hub.put(1, 1, "Ada");
        EmbeddingSpace other = new EmbeddingSpace("aaaabbbbccccdddd", 8);
        try (LocalGallery gallery = gallery(new byte[AtRest.KEY_BYTES], other);
                GallerySync sync = sync(gallery)) {
            await().atMost(PATIENCE).until(() -> sync.trouble().contains("same pack"));
            assertThat(gallery.size()).isZero();
        }
        hub.status = 422;
        try (LocalGallery gallery = gallery();
                GallerySync sync = sync(gallery)) {
            await().atMost(PATIENCE).until(() -> sync.trouble().contains("same pack"));
        }
    }

    @Test
    void aWrongKeyAndAFailingHubAreSaidInOneSentenceAndTriedAgain() throws SQLException {
        hub.put(1, 1, "Ada");
        try (LocalGallery gallery = gallery();
                GallerySync refused = sync(gallery, "wrong")) {
            await().atMost(PATIENCE).until(() -> refused.trouble().contains("refuses"));
        }
        hub.status = 500;
        try (LocalGallery gallery = gallery();
                GallerySync sync = sync(gallery)) {
            await().atMost(PATIENCE).until(() -> sync.trouble().contains("status 500"));
            hub.status = 200;
            awaitHubs(gallery);
        }
    }

    @Test
    void namesAndTemplatesAreNotPlainOnDisk() throws Exception {
        hub.put(1, 1, "Adelheid Unverwechselbar");
        try (LocalGallery gallery = gallery();
                GallerySync sync = sync(gallery)) {
            awaitHubs(gallery);
            assertThat(sync.trouble()).isEmpty();
            for (String name : List.of("gallery.db", "gallery.db-wal")) {
                String bytes = Files.readString(folder.resolve(name), StandardCharsets.ISO_8859_1);
                assertThat(bytes).doesNotContain("Adelheid");
                assertThat(bytes)
                        .doesNotContain(
                                new String(embedding(1).toBytes(), StandardCharsets.ISO_8859_1));
            }
        }
    }

    @Test
    void aLostKeyOrADamagedFileStartsEmptyAndIsFilledAgain() throws Exception {
        hub.put(1, 1, "Ada");
        try (LocalGallery gallery = gallery();
                GallerySync sync = sync(gallery)) {
            awaitHubs(gallery);
            assertThat(sync.trouble()).isEmpty();
        }
        byte[] otherKey = new byte[AtRest.KEY_BYTES];
        otherKey[5] = 1;
        try (LocalGallery gallery = gallery(otherKey, SPACE)) {
            assertThat(gallery.revision()).isZero();
            assertThat(gallery.match(embedding(1))).isInstanceOf(MatchDecision.Unknown.class);
            try (GallerySync sync = sync(gallery)) {
                awaitHubs(gallery);
                assertThat(sync.trouble()).isEmpty();
            }
        }
        byte[] nonsense = new byte[8192];
        java.util.Arrays.fill(nonsense, (byte) 9);
        Files.write(folder.resolve("gallery.db"), nonsense);
        try (LocalGallery gallery = gallery(otherKey, SPACE);
                GallerySync sync = sync(gallery)) {
            awaitHubs(gallery);
            assertThat(sync.trouble()).isEmpty();
        }
    }

    @Test
    void damageInUseIsKeptAsideFilledAgainAndNobodyIsUnknownMeanwhile() throws Exception {
        hub.put(1, 1, "Ada");
        try (LocalGallery gallery = gallery()) {
            try (GallerySync sync = sync(gallery)) {
                awaitHubs(gallery);
                assertThat(sync.trouble()).isEmpty();
            }
            spoil();
            hub.put(2, 2, "Bob");
            assertThat(gallery.match(embedding(1))).isInstanceOf(MatchDecision.Known.class);
            try (GallerySync sync = sync(gallery)) {
                awaitHubs(gallery);
                assertThat(sync.trouble()).isEmpty();
            }
            assertThat(folder.resolve("gallery.db.damaged-1")).exists();
            assertThat(gallery.match(embedding(1))).isInstanceOf(MatchDecision.Known.class);
            assertThat(gallery.match(embedding(2))).isInstanceOf(MatchDecision.Known.class);
        }
        try (LocalGallery gallery = gallery()) {
            assertThat(gallery.size()).isEqualTo(2);
        }
    }

    @Test
    void damageDoesNotKeepPeopleLongerThanTheirLease() throws Exception {
        hub.put(1, 1, "Ada");
        try (LocalGallery gallery = gallery()) {
            try (GallerySync sync = sync(gallery)) {
                awaitHubs(gallery);
                assertThat(sync.trouble()).isEmpty();
            }
            spoil();
            bootTime = new BootTime.Reading("boot-1", Duration.ofHours(1));
            assertThatThrownBy(gallery::spendLease).hasMessageContaining("damaged");
            assertThat(gallery.match(embedding(1))).isInstanceOf(MatchDecision.Known.class);
            bootTime = new BootTime.Reading("boot-1", Duration.ofDays(400));
            assertThat(gallery.spendLease()).isTrue();
            assertThat(gallery.match(embedding(1))).isInstanceOf(MatchDecision.Unknown.class);
        }
    }

    /** What SQLite meets when the page of its schema is spoilt under its hands. */
    private void spoil() throws Exception {
        try (Connection other =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("gallery.db"));
                Statement statement = other.createStatement()) {
            statement.execute("PRAGMA writable_schema = ON");
            statement.execute("UPDATE sqlite_master SET rootpage = 99999 WHERE type = 'table'");
            statement.execute("PRAGMA schema_version = 1000");
        }
    }
}
