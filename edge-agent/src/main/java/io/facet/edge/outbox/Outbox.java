package io.facet.edge.outbox;

import io.facet.crypto.AtRest;
import io.facet.edge.outbox.OutboxTable.Recorded;
import io.facet.edge.sqlite.Reserve;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
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
 * room is given up by {@link Priority}, the oldest first, counted and reported; an event never
 * makes one of a higher priority go. On a full disk the same holds for what others have left, and a
 * {@link Reserve} is there so that something can be deleted at all. Of a damaged file whatever can
 * be read is taken over into a new one. Sequences ascend by one over all boots; only what was given
 * up is missing at the hub. Order and waiting times come from the sequence and the monotonic clock,
 * so that a wall clock may jump as it likes.
 *
 * <p>Thread-safe.
 */
public final class Outbox implements EventSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final double PAYLOAD_SHARE = 0.85;

    private final Origin origin;
    private final EventEncoder encoder;
    private final SequenceFloor floor;
    private final Path file;
    private final long maxPayload;
    private final OutboxWriter writer;
    private final AtomicLong unstored = new AtomicLong();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Optional<Path> damagedFile = Optional.empty();
    private volatile Optional<FacetException> trouble = Optional.empty();

    /**
     * Who records, and by which clocks.
     *
     * @param boot one per start of the agent
     * @param nanos the monotonic clock
     * @param clockOffset hub clock minus box clock at a moment, as far as known
     */
    public record Origin(
            AgentId agent,
            UUID boot,
            Uuid7 ids,
            LongSupplier nanos,
            Function<Moment, Optional<Duration>> clockOffset) {}

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
        this.file = data.resolve("outbox.db");
        try {
            this.writer =
                    new OutboxWriter(
                            new Tables(box, maxBytes), new Reserve(data, "outbox.reserve"));
        } catch (SQLException failure) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE, "cannot use " + file + "; check its disk", failure);
        }
    }

    /** Opens the outbox's file, and starts another where it is damaged. */
    private final class Tables implements OutboxWriter.Files {
        private final AtRest box;
        private final long maxBytes;

        Tables(AtRest box, long maxBytes) {
            this.box = box;
            this.maxBytes = maxBytes;
        }

        @Override
        public OutboxTable open() throws SQLException {
            return started(SqliteFile.open(file, OutboxTable.SCHEMA, maxBytes));
        }

        @Override
        public OutboxTable replace() throws SQLException {
            return started(SqliteFile.replace(file, OutboxTable.SCHEMA, maxBytes));
        }

        private OutboxTable started(SqliteFile opened) throws SQLException {
            OutboxTable table = new OutboxTable(opened, box);
            if (opened.keptAside().isPresent()) {
                damagedFile = opened.keptAside();
            }
            if (table.isNew()) {
                SqliteFile.newestAside(file)
                        .ifPresent(damaged -> OutboxSalvage.takeOver(damaged, table, maxPayload));
                table.transaction(rows -> {
                    rows.startAfter(floor.value());
                    return rows;
                });
            }
            return table;
        }
    }

    @Override
    public boolean record(Moment moment, Function<Header, FaceEvent> make) {
        EventId id = new EventId(origin.ids().next());
        Recorded now = now();
        AtomicReference<Optional<Priority>> worth = new AtomicReference<>(Optional.empty());
        try {
            writer.call(
                    table -> {
                        long sequence = table.tally().lastSequence() + 1;
                        floor.reserve(sequence);
                        FaceEvent event = make.apply(header(id, moment, sequence));
                        Priority priority = Priority.of(event);
                        worth.set(Optional.of(priority));
                        table.insert(sequence, priority, now, encoder.encode(event));
                        table.shedTo(maxPayload);
                        return sequence;
                    },
                    worth::get);
        } catch (FacetException failure) {
            notStored(failure);
            return false;
        }
        trouble = Optional.empty();
        listeners.forEach(Runnable::run);
        return true;
    }

    /** Said at the first, second, fourth, eighth time: a full disk is no reason to fill the log. */
    private void notStored(FacetException failure) {
        trouble = Optional.of(failure);
        long lost = unstored.incrementAndGet();
        if (Long.bitCount(lost) == 1) {
            LOG.error(
                    "{}: an event could not be stored ({} so far); {}",
                    failure.code().wireName(),
                    lost,
                    failure.reason());
        }
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
                origin.clockOffset().apply(moment).orElse(null),
                moment.simulated());
    }

    private Recorded now() {
        return new Recorded(origin.boot(), origin.nanos().getAsLong());
    }

    /**
     * On a full disk, asks this for room before an event is given up.
     *
     * @param giveUp lets go of what counts less than any event; whether there was any
     */
    public void whenFull(BooleanSupplier giveUp) {
        writer.useSpare(giveUp);
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
                damagedFile,
                trouble.map(FacetException::code));
    }

    /** Writes what is being recorded, then closes the file. */
    @Override
    public void close() throws SQLException {
        writer.close();
    }
}
