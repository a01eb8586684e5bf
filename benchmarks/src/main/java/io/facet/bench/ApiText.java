package io.facet.bench;

import io.facet.bench.ApiReport.Load;
import java.util.Locale;

/** The report in words. Stateless. */
final class ApiText {
    private ApiText() {}

    static String of(ApiReport r) {
        StringBuilder text = new StringBuilder();
        ApiReport.Calls calls = r.calls();
        text.append(
                String.format(
                        Locale.ROOT,
                        """
                        calls over loopback, pack %s, %d faces, %d cores, load average %.1f; clients and hub share them
                          one client         p50 %.1f ms, in process %.1f ms: overhead %.2f ms
                        """,
                        r.hub().pack(),
                        calls.faces(),
                        r.cores(),
                        r.hub().loadAverage(),
                        calls.grpcMsP50(),
                        calls.inProcessMsP50(),
                        calls.overheadMsP50()));
        calls.calls().forEach((call, loads) -> loads.forEach(l -> text.append(load(call, l))));
        return text.append(hub(r.hub())).append(fanOut(r.fanOut())).toString();
    }

    private static String load(String call, Load l) {
        return String.format(
                Locale.ROOT,
                "  %-18s %2d clients %8.1f a second, p50 %.1f, p95 %.1f, p99 %.1f ms, %d failed%n",
                call,
                l.clients(),
                l.requestsPerSecond(),
                l.p50Ms(),
                l.p95Ms(),
                l.p99Ms(),
                l.failed());
    }

    static String hub(HubReport r) {
        EventsReport e = r.events();
        return String.format(
                Locale.ROOT,
                """
                a hub process with %,d templates
                  events             %.0f a second: %,d of %,d acknowledged in %.1f s, %,d rows; %d boxes, %,d bytes and %.2f ms of CPU time each
                  memory             %.0f MB: JVM %.0f, PostgreSQL %.0f in %d processes
                """,
                r.templates(),
                e.eventsPerSecond(),
                e.acknowledged(),
                e.sent(),
                e.seconds(),
                e.rows(),
                e.boxes(),
                e.eventBytes(),
                e.cpuMsPerEvent(),
                r.residentMb(),
                r.memory().jvmMb(),
                r.memory().databaseMb(),
                r.memory().databaseProcesses());
    }

    private static String fanOut(SocketIoReport s) {
        return String.format(
                Locale.ROOT,
                "Socket.IO to %,d viewers: %,.0f deliveries a second; p50 %.1f, p99 %.1f ms%n",
                s.clients(),
                s.deliveriesPerSecond(),
                s.latencyMsP50(),
                s.latencyMsP99());
    }
}
