package io.facet.hub.testing;

import io.facet.config.FacetConfig;
import io.facet.hub.Hub;
import io.facet.hub.HubWebFront;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A hub as a process of its own that can be killed; only its eyes are fake. */
public final class HubMain {
    private HubMain() {}

    /** Takes the data folder; runs until killed or told to stop. */
    public static void main(String[] arguments) throws InterruptedException {
        Path data = Path.of(arguments[0]);
        DevHub.shareProgramsWith(data);
        Hub hub =
                Hub.start(
                        new Hub.Settings(
                                FacetConfig.DEFAULT,
                                data,
                                new FakeVision(),
                                new HubWebFront(),
                                Optional.of(0),
                                "test",
                                InstantSource.system()));
        Runtime.getRuntime().addShutdownHook(new Thread(hub::close));
        new CountDownLatch(1).await();
    }
}
