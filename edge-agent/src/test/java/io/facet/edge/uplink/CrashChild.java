package io.facet.edge.uplink;

import io.facet.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * An agent that is going to be killed: records as fast as it can, saying each sequence once it is
 * on disk, while its uplink sends.
 */
final class CrashChild {
    private CrashChild() {}

    /** Arguments: data folder, broker, password, and {@code record} or {@code drain}. */
    public static void main(String[] args) throws Exception {
        MqttEndpoint endpoint =
                new MqttEndpoint(URI.create(args[1]), "agent-1", new Secret(args[2]));
        try (TestAgent agent = new TestAgent(Path.of(args[0]), endpoint)) {
            if (args[3].equals("drain")) {
                while (agent.outbox.stats().waiting() > 0) {
                    Thread.sleep(Duration.ofMillis(100));
                }
                return;
            }
            while (true) {
                agent.recognise(1);
                System.out.println("stored " + agent.outbox.stats().lastSequence());
                System.out.flush();
            }
        }
    }
}
