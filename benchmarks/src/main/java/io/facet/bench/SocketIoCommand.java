package io.facet.bench;

import io.facet.cli.JsonOption;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./facet bench socketio}. */
@Command(
        name = "socketio",
        mixinStandardHelpOptions = true,
        description = "Sends events to many live viewers on the loopback, in one process.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it runs the command
final class SocketIoCommand implements Callable<Integer> {
    /** Events a second while latencies are taken. */
    static final double STEADY_RATE = 5;

    @Spec private CommandSpec spec;
    @Mixin private JsonOption json;

    @Option(
            names = "--clients",
            defaultValue = "1000",
            description = "viewers, each with a WebSocket (${DEFAULT-VALUE})")
    private int clients;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "length of each of the two measurements (${DEFAULT-VALUE})")
    private double seconds;

    @Option(
            names = "--rate",
            defaultValue = "" + STEADY_RATE,
            description = "events a second while latencies are taken (${DEFAULT-VALUE})")
    private double rate;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter text = json.text(spec.commandLine());
        try (SocketIoBench bench = new SocketIoBench(clients)) {
            err.println("connecting " + clients + " viewers");
            bench.connect();
            err.println("measuring");
            SocketIoReport report = bench.measure(seconds, rate);
            text.print(describe(report));
            text.flush();
            json.print(spec.commandLine().getOut(), report);
            return report.dropped() == 0 && report.missing() == 0 ? 0 : 1;
        }
    }

    private static String describe(SocketIoReport r) {
        return String.format(
                Locale.ROOT,
                """
                %,d viewers, events of %,d bytes, %d processors, load average %.1f
                  at full rate         %.1f events a second: %,.0f deliveries a second
                  at %.1f events a second  p50 %.2f ms, p99 %.2f ms, max %.2f ms over %,d deliveries
                  dropped viewers      %d; deliveries missing %d
                """,
                r.clients(),
                r.eventBytes(),
                r.processors(),
                r.loadAverage(),
                r.eventsPerSecond(),
                r.deliveriesPerSecond(),
                r.steadyEventsPerSecond(),
                r.latencyMsP50(),
                r.latencyMsP99(),
                r.latencyMsMax(),
                r.deliveries(),
                r.dropped(),
                r.missing());
    }
}
