package io.facet.hub;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.health.Checks.Check;
import io.facet.hub.ingest.EdgeConversation;
import io.facet.hub.monitor.QueueState;
import io.facet.hub.search.MasterIndex;
import io.facet.hub.store.postgres.Database;
import io.facet.vision.image.Image;
import io.facet.vision.pipeline.Vision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** The health of the hub's own parts. */
final class HubChecks {
    /** With less the database can no longer be relied on to write. */
    private static final long LEAST_DISK = 128L << 20;

    private HubChecks() {}

    /** What is looked at. */
    record Parts(
            Database database,
            BooleanSupplier brokerRuns,
            EdgeConversation edge,
            MasterIndex index,
            Vision vision,
            Path folder) {}

    static List<Check> of(Parts parts) {
        return List.of(
                new Check("database", parts.database()::check),
                new Check("broker", () -> broker(parts)),
                new Check("edge_conversation", () -> conversation(parts.edge())),
                new Check("index", () -> parts.index().size() + " faces"),
                new Check("vision", () -> vision(parts.vision())),
                new Check("disk", () -> disk(parts.folder())));
    }

    private static String broker(Parts parts) {
        if (!parts.brokerRuns().getAsBoolean()) {
            throw unavailable("the MQTT broker does not run; see the hub's log");
        }
        return "running";
    }

    private static String conversation(EdgeConversation edge) {
        if (!edge.isConnected()) {
            throw unavailable("no connection to the MQTT broker; is it running?");
        }
        QueueState inbox = edge.inbox();
        return "connected, " + inbox.depth() + " messages wait";
    }

    /** A picture too small to hold a face goes through the detector all the same. */
    private static String vision(Vision vision) {
        vision.detector().detect(new Image(32, 32, new byte[3 * 32 * 32]));
        return "space " + vision.space().id();
    }

    private static String disk(Path folder) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            String left = String.format(Locale.ROOT, "%.1f GB free", free / 1e9);
            if (free < LEAST_DISK) {
                throw unavailable("only " + left + " for the data folder; make room");
            }
            return left;
        } catch (IOException unreadable) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE, "the data folder's disk does not answer", unreadable);
        }
    }

    private static FacetException unavailable(String what) {
        return new FacetException(ErrorCode.UNAVAILABLE, what);
    }
}
