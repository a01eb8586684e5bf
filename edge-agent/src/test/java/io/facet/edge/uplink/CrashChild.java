package io.facet.edge.uplink;

import io.facet.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * An agent that is going to be killed: says which boot it is, then records as fast as it can,
 * saying each sequence once it is on disk, while its uplink sends. Started by the fault loop of the
 * end-to-end tests.
 */
public final class CrashChild {
    /** The name it goes by. */
    public static final String AGENT = FakeHub.AGENT.value();

    private CrashChild() {}

    /** Arguments: data folder, broker, password, and {@code record} or {@code drain}. */
    public static void main(String[] args) throws Exception {
        MqttEndpoint endpoint = new MqttEndpoint(URI.create(args[1]), AGENT, new Secret(args[2]));
        try (TestAgent agent = new TestAgent(Path.of(args[0]), endpoint)) {
            say("boot " + agent.boot);
            if (args[3].equals("drain")) {
                while (agent.outbox.stats().waiting() > 0) {
                    Thread.sleep(Duration.ofMillis(100));
                }
                return;
            }
            while (true) {
                agent.recognise(1);
                say("stored " + agent.outbox.stats().lastSequence());
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
