package io.facet.bench;

import io.facet.cli.client.HubClient;
import io.facet.hub.people.PeopleStore.NewFace;
import io.facet.model.EmbeddingSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A hub process with many templates: how many events a second it takes in, and what it holds in
 * memory after it has also recognised faces. One thread's.
 */
final class HubBench {
    private static final int KEY_BYTES = 32;
    private static final int CLIENTS = 8;

    private final Path home;
    private final Path data;
    private final Setup setup;
    private final Consumer<String> say;

    /**
     * What it is measured with.
     *
     * @param space of the pack
     * @param templates enrolled before
     * @param events sent
     * @param pictures JPEG files with a face, to recognise
     * @param crops JPEG files of faces, for events
     * @param recognising how long pictures are recognised
     */
    record Setup(
            String pack,
            EmbeddingSpace space,
            int templates,
            int events,
            List<byte[]> pictures,
            List<byte[]> crops,
            Duration recognising) {}

    HubBench(Path home, Path data, Setup setup, Consumer<String> say) {
        this.home = home;
        this.data = data;
        this.setup = setup;
        this.say = say;
    }

    HubReport run() throws IOException, InterruptedException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        say.accept("storing " + setup.templates() + " templates");
        List<NewFace> known = new TemplateLoader(key, setup.space()).load(data, setup.templates());
        say.accept("starting a hub process");
        try (HubProcess hub =
                HubProcess.start(
                        home,
                        data,
                        setup.pack(),
                        Map.of(
                                "FACET_HUB_MASTER_KEY",
                                Base64.getEncoder().encodeToString(key),
                                ApiCommand.NO_LIMIT,
                                ApiCommand.VERY_MANY))) {
            HubMemory memory = hub.memory();
            say.accept("sending events");
            EventsReport events = new EventsBench(hub, known, setup.crops()).run(setup.events());
            memory = memory.max(hub.memory());
            say.accept("recognising with that hub");
            recognise(hub.client());
            return report(events, memory.max(hub.memory()));
        }
    }

    private HubReport report(EventsReport events, HubMemory memory) {
        return new HubReport(
                setup.pack(),
                setup.templates(),
                events.eventsPerSecond(),
                events,
                memory.residentMb(),
                memory,
                HubCommand.loadAverage());
    }

    private void recognise(HubClient client) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<byte[]> pictures = setup.pictures();
        ClosedLoop.run(
                CLIENTS,
                setup.recognising(),
                () ->
                        client.recognize(
                                        pictures.get(next.getAndIncrement() % pictures.size()),
                                        Map.of())
                                .orThrow());
    }
}
