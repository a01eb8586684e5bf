package io.facet.hub.testing;

import io.facet.config.ConfigLoader;
import io.facet.config.FacetConfig;
import io.facet.hub.Hub;
import io.facet.hub.HubWebFront;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A hub as a process of its own that can be killed; only its eyes are fake. */
public final class HubMain {
    private HubMain() {}

    /** Takes the data folder, with a config.json or without; runs until killed or told to stop. */
    public static void main(String[] arguments) throws InterruptedException {
        Path data = Path.of(arguments[0]);
        DevHub.shareProgramsWith(data);
        Hub hub =
                Hub.start(
                        new Hub.Settings(
                                config(data.resolve("config.json")),
                                data,
                                new FakeVision(),
                                new HubWebFront(),
                                Optional.of(0),
                                "test",
                                InstantSource.system()));
        Runtime.getRuntime().addShutdownHook(new Thread(hub::close));
        new CountDownLatch(1).await();
    }

    private static FacetConfig config(Path file) {
        return Files.exists(file)
                ? ConfigLoader.load(Optional.of(file), Map.of())
                : FacetConfig.DEFAULT;
    }
}
