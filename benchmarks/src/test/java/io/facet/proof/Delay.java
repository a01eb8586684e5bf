package io.facet.proof;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A {@link FaultyLine} that only delays, as a process: for a namespace of its own. */
final class Delay {
    private Delay() {}

    /** Takes milliseconds each way, the target's host, and for each line its port and ours. */
    public static void main(String[] args) throws Exception {
        for (int i = 2; i < args.length; i += 2) {
            InetSocketAddress target = new InetSocketAddress(args[1], Integer.parseInt(args[i]));
            new FaultyLine(
                            new InetSocketAddress("0.0.0.0", Integer.parseInt(args[i + 1])),
                            () -> target,
                            Optional.empty(),
                            () -> _ -> {})
                    .delay(Duration.ofMillis(Integer.parseInt(args[0])));
        }
        new CountDownLatch(1).await();
    }
}
