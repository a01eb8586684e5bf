package io.facet.edge.outbox;

import io.facet.crypto.AtRest;
import io.facet.edge.outbox.OutboxTable.Recorded;
import io.facet.edge.sqlite.SqliteFile;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.AgentId;
import io.facet.model.EventId;
import io.facet.model.FaceEvent;
import io.facet.model.FaceEvent.Header;
import io.facet.model.Uuid7;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every event of this box until the hub has it.
 *
 * <pre>
 *   record() --> stored --next()--> published --confirm()--> gone
 *                  ^                    |    --reject()---> kept aside
 *                  '--- reconnect or ---'
 *                       restart
 * </pre>
 *
 * <p>Stored is on disk; published is known to the sender alone, which asks for events after the
 * last one it sent: a new connection, or a new process, knows of none and begins again with the
 * oldest. So an event is sent at least once, and the hub, which knows ids, keeps it once.
 *
 * <p>Room: payloads take at most 85 % of {@code maxBytes}, the file at most all of it. What has no
 * room is given up by {@link Priority}, the oldest first, counted and reported. Sequences ascend by
 * one over all boots; only what was given up is missing at the hub. Order and waiting times come
 * from the sequence and the monotonic clock, so that a wall clock may jump as it likes.
 *
 * <p>Thread-safe.
 */
public final class Outbox implements EventSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final double PAYLOAD_SHARE = 0.85;

    private final Origin origin;
    private final EventEncoder encoder;
    private final SequenceFloor floor;
    private final long maxPayload;
    private final OutboxWriter writer;
    private final AtomicLong unstored = new AtomicLong();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Optional<Path> damagedFile = Optional.empty();

    /**
     * Who records, and by which clocks.
     *
     * @param boot one per start of the agent
     * @param nanos the monotonic clock
     * @param clockOffset hub clock minus box clock, as far as known
     */
    public record Origin(
            AgentId agent,
            UUID boot,
            Uuid7 ids,
            LongSupplier nanos,
            Supplier<Optional<Duration>> clockOffset) {}

    /**
     * Opens the outbox of a data folder, {@code outbox.db} and {@code outbox.floor}.
     *
     * @param box the box's own key
     * @throws FacetException when the folder cannot be used
     */
    public Outbox(Path data, long maxBytes, AtRest box, Origin origin, EventEncoder encoder) {
        this.origin = origin;
        this.encoder = encoder;
        this.floor = new SequenceFloor(data.resolve("outbox.floor"));
        this.maxPayload = (long) (maxBytes * PAYLOAD_SHARE);
        Path file = data.resolve("outbox.db");
        try {
            this.writer =
                    new OutboxWriter(
                            new OutboxWriter.Files() {
                                @Override
                                public OutboxTable open() throws SQLException {
                                    return started(
                                            SqliteFile.open(file, OutboxTable.SCHEMA, maxBytes),
                                            box);
                                }

                                @Override
                                public OutboxTable replace() throws SQLException {
                                    return started(
                                            SqliteFile.replace(file, OutboxTable.SCHEMA, maxBytes),
                                            box);
                                }
                            });
        } catch (SQLException failure) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE, "cannot use " + file + "; check its disk", failure);
        }
    }

    private OutboxTable started(SqliteFile file, AtRest box) throws SQLException {
        OutboxTable table = new OutboxTable(file, box);
        if (table.tally().lastSequence() == 0) {
            table.startAfter(floor.value());
        }
        if (file.keptAside().isPresent()) {
            damagedFile = file.keptAside();
        }
        return table;
    }

    @Override
    public void record(Moment moment, Function<Header, FaceEvent> make) {
        EventId id = new EventId(origin.ids().next());
        Recorded now = now();
        try {
            writer.call(table -> {
                long sequence = table.tally().lastSequence() + 1;
                floor.reserve(sequence);
                FaceEvent event = make.apply(header(id, moment, sequence));
                table.insert(sequence, Priority.of(event), now, encoder.encode(event));
                table.shedTo(maxPayload);
                return sequence;
            });
        } catch (FacetException failure) {
            long lost = unstored.incrementAndGet();
            LOG.error("an event could not be stored ({} so far): {}", lost, failure.reason());
            return;
        }
        listeners.forEach(Runnable::run);
    }

    private Header header(EventId id, Moment moment, long sequence) {
        return new Header(
                id,
                origin.agent(),
                moment.site(),
                moment.camera(),
                moment.capturedAt(),
                origin.boot(),
                sequence,
                moment.monotonic(),
                origin.clockOffset().get().orElse(null),
                moment.simulated());
    }

    private Recorded now() {
        return new Recorded(origin.boot(), origin.nanos().getAsLong());
    }

    /** Calls the listener after events were recorded, from the recording thread; must be quick. */
    public void onRecorded(Runnable listener) {
        listeners.add(listener);
    }

    /**
     * The next events after a sequence, oldest first: at most so many, and so many bytes, yet at
     * least one where there is one.
     *
     * @throws FacetException {@code UNAVAILABLE} when the disk fails
     */
    public List<StoredEvent> next(long afterSequence, int maxEvents, long maxBytes) {
        Recorded now = now();
        return writer.call(table -> table.after(afterSequence, maxEvents, maxBytes, now));
    }

    /**
     * Forgets events the hub has stored; unknown ones are passed over.
     *
     * @throws FacetException when the disk fails; they are sent again then
     */
    public void confirm(Collection<Long> sequences) {
        writer.call(table -> {
            table.confirm(sequences);
            return sequences.size();
        });
    }

    /**
     * Keeps events aside that the hub will never take.
     *
     * @throws FacetException when the disk fails; they are sent again then
     */
    public void reject(Collection<Refusal> refusals) {
        writer.call(table -> {
            for (Refusal refusal : refusals) {
                table.reject(refusal);
            }
            return refusals.size();
        });
    }

    /** The events kept aside, oldest first. */
    public List<Refusal> rejected() {
        return writer.call(OutboxTable::rejected);
    }

    /** How the outbox is. */
    public OutboxStats stats() {
        Tally tally = writer.call(OutboxTable::tally);
        return new OutboxStats(
                tally.waiting(),
                tally.bytes(),
                tally.lastSequence(),
                tally.droppedLow(),
                tally.droppedHigh(),
                unstored.get(),
                tally.rejected(),
                damagedFile);
    }

    /** Writes what is being recorded, then closes the file. */
    @Override
    public void close() throws SQLException {
        writer.close();
    }
}
