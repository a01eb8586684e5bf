package io.facet.bench;

import io.facet.hub.people.PeopleStore.NewFace;
import io.facet.hub.store.postgres.Database;
import io.facet.hub.store.postgres.Outbox;
import io.facet.hub.store.postgres.PostgresPeople;
import io.facet.hub.store.postgres.Vault;
import io.facet.hub.store.postgres.server.EmbeddedServer;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import io.facet.model.Jpeg;
import io.facet.model.Person;
import io.facet.model.PersonId;
import io.facet.model.Quality;
import io.facet.model.Quality.Component;
import io.facet.model.Uuid7;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Fills the database of a hub that does not run yet with people nobody ever photographed, through
 * the hub's own store: encrypted, logged and indexed as enrolled ones. Only the commits of this
 * filling are not waited for. One thread's.
 */
final class TemplateLoader {
    private static final int LANES = 4;
    private static final int SPARE = 8;
    private static final int PICTURE_BYTES = 2_000;
    private static final Quality QUALITY = quality();

    private final byte[] masterKey;
    private final EmbeddingSpace space;
    private final Uuid7 ids = new Uuid7(InstantSource.system(), new SecureRandom());

    /**
     * Prepares a filling.
     *
     * @param masterKey the hub's, 32 bytes
     * @param space the hub's
     */
    TemplateLoader(byte[] masterKey, EmbeddingSpace space) {
        this.masterKey = masterKey.clone();
        this.space = space;
    }

    /** Stores so many people more of one face each under a data folder; who they are. */
    List<NewFace> load(Path data, int count) throws InterruptedException {
        Path folder = data.resolve("postgres");
        try (EmbeddedServer server =
                        EmbeddedServer.start(
                                new EmbeddedServer.Settings(
                                        folder, folder.resolve("programs"), LANES + SPARE));
                Database database = Database.open(address(server))) {
            PostgresPeople people =
                    new PostgresPeople(
                            database,
                            new Vault(database, List.of(masterKey)),
                            InstantSource.system(),
                            (_, _) -> {},
                            Outbox.NOBODY);
            return store(people, count);
        }
    }

    private static Database.Address address(EmbeddedServer server) {
        return new Database.Address(
                server.url() + "?options=-c%20synchronous_commit%3Doff",
                server.user(),
                server.password(),
                LANES);
    }

    private List<NewFace> store(PostgresPeople people, int count) throws InterruptedException {
        long before = people.countFaces();
        List<NewFace> faces = new ArrayList<>();
        AtomicInteger next = new AtomicInteger();
        List<Thread> lanes = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            lanes.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int i = next.getAndIncrement();
                                        i < count;
                                        i = next.getAndIncrement()) {
                                    NewFace face = add(people, i);
                                    // Events name a few of them.
                                    if (i < EventBatches.PEOPLE) {
                                        synchronized (faces) {
                                            faces.add(face);
                                        }
                                    }
                                }
                            }));
        }
        for (Thread lane : lanes) {
            lane.join();
        }
        if (people.countFaces() != before + count) {
            throw new IllegalStateException("only " + people.countFaces() + " faces were stored");
        }
        return faces;
    }

    private NewFace add(PostgresPeople people, int number) {
        Instant now = Instant.now();
        PersonId person = new PersonId(ids.next());
        Random random = new Random(number);
        byte[] picture = new byte[PICTURE_BYTES];
        random.nextBytes(picture);
        NewFace face =
                new NewFace(
                        new FaceId(ids.next()),
                        person,
                        template(random),
                        QUALITY,
                        Map.of(),
                        new Jpeg(picture),
                        now);
        people.add(face, Optional.of(new Person(person, "Bench " + number, null, Map.of(), now)));
        return face;
    }

    private Embedding template(Random random) {
        float[] raw = new float[space.dimension()];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (float) random.nextGaussian();
        }
        return Embedding.normalised(space, raw);
    }

    private static Quality quality() {
        return new Quality(
                0.8f,
                component("sharpness"),
                component("brightness"),
                component("contrast"),
                component("face_size"),
                component("pose_deviation"),
                component("eye_openness"));
    }

    private static Component component(String key) {
        return new Component(key, key, 0.8f, 0.5f, true, "");
    }
}
