package io.facet.edge.gallery;

import io.facet.crypto.AtRest;
import io.facet.edge.camera.FaceMatcher;
import io.facet.edge.gallery.GalleryPage.Change;
import io.facet.edge.gallery.GalleryTable.Head;
import io.facet.edge.gallery.GalleryTable.Row;
import io.facet.edge.sqlite.SqliteFile;
import io.facet.edge.sqlite.Trouble;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.match.MatchDecision;
import io.facet.match.MatchPolicy;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.PersonId;
import io.facet.wire.GalleryTerms;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The people this box knows.
 *
 * <p>SQLite is the record: a page of changes is committed there first, then applied in memory. A
 * snapshot of several pages comes into effect as a whole with its last page. A file that is
 * damaged, of another embedding space or not readable with this box's key starts empty at revision
 * 0, and the hub fills it again. So does one whose {@link Lease} has run out because the hub was
 * not heard for too long. When the file turns out to be damaged while it is in use, whom it held
 * stay known until the hub has filled another one, and no longer than their lease. Thread-safe.
 */
public final class LocalGallery implements FaceMatcher, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalGallery.class);
    private static final long MAX_BYTES = 64L << 30;

    private final EmbeddingSpace space;
    private final Path file;
    private final AtRest box;
    private final MemoryFactory memories;
    private final MatchPolicy policy;
    private final BootTime bootTime;
    private GalleryTable table;
    private volatile GalleryMemory memory;
    private volatile Head head;
    private Lease lease;

    /** Makes an empty searchable gallery. */
    @FunctionalInterface
    public interface MemoryFactory {
        /**
         * Makes one.
         *
         * @param digestKey of io.facet.wire.GalleryTerms
         */
        GalleryMemory empty(byte[] digestKey);
    }

    /**
     * Opens the gallery of a data folder.
     *
     * @param box the box's own key
     * @throws FacetException when the file cannot be used
     */
    public LocalGallery(
            Path file,
            AtRest box,
            EmbeddingSpace space,
            MemoryFactory memories,
            MatchPolicy policy,
            BootTime bootTime) {
        this.space = space;
        this.memories = memories;
        this.policy = policy;
        this.bootTime = bootTime;
        this.file = file;
        this.box = box;
        this.table = new GalleryTable(SqliteFile.open(file, GalleryTable.SCHEMA, MAX_BYTES), box);
        try {
            this.head = table.transaction(_ -> readHead());
            this.lease = table.transaction(_ -> table.lease());
            this.memory = load();
            spendLease();
        } catch (SQLException failure) {
            throw unusable(failure);
        }
    }

    /** A digest key that does not open is that of a file whose rows do not open either. */
    private Head readHead() throws SQLException {
        try {
            return table.head();
        } catch (FacetException unreadable) {
            LOG.error(
                    "the gallery does not open and is fetched again: {}", unreadable.getMessage());
            table.forgetAllBut(0);
            table.become(1, 0, space, new byte[GalleryTerms.BYTES]);
            return table.head();
        }
    }

    private GalleryMemory load() throws SQLException {
        boolean otherSpace =
                head.revision() > 0
                        && !(head.space().equals(space.id())
                                && head.dimension() == space.dimension());
        if (otherSpace) {
            LOG.info("the gallery is of another embedding space and is fetched again");
            return startAgain();
        }
        try {
            return read();
        } catch (FacetException | IllegalArgumentException unreadable) {
            LOG.error(
                    "the gallery does not open and is fetched again: {}", unreadable.getMessage());
            return startAgain();
        }
    }

    private GalleryMemory startAgain() throws SQLException {
        table.transaction(_ -> {
            table.forgetAllBut(0);
            table.become(head.generation() + 1, 0, space, new byte[GalleryTerms.BYTES]);
            return space;
        });
        head = table.transaction(_ -> table.head());
        return memories.empty(head.digestKey());
    }

    private GalleryMemory read() throws SQLException {
        GalleryMemory fresh = memories.empty(head.digestKey());
        table.transaction(_ -> {
            long generation = head.generation();
            table.people(generation, p -> fresh.name(p.person(), p.name()));
            table.faces(
                    generation,
                    row -> {
                        Embedding template = Embedding.fromBytes(space, row.template());
                        fresh.put(row.face(), row.person(), template);
                        fresh.count(row);
                    });
            return generation;
        });
        return fresh;
    }

    /** Who a probe is, by the configured threshold. */
    public MatchDecision match(Embedding probe) {
        return memory.match(probe, policy);
    }

    @Override
    public MatchDecision match(Embedding probe, float threshold) {
        return memory.match(
                probe, new MatchPolicy(threshold, policy.margin(), policy.maxResults()));
    }

    @Override
    public Optional<String> nameOf(PersonId person) {
        return memory.nameOf(person);
    }

    /** The space of everything held. */
    public EmbeddingSpace space() {
        return space;
    }

    /** The hub's revision this gallery is at; 0 when it never had one. */
    public long revision() {
        return head.revision();
    }

    /** Digest of what is held, as io.facet.wire.GalleryDigest; 32 bytes. */
    public byte[] digest() {
        return memory.digest();
    }

    /** Faces held. */
    public int size() {
        return memory.size();
    }

    /**
     * Applies a page; applying one again changes nothing. With it the lease begins anew.
     *
     * @throws FacetException {@code DISK_FULL} or {@code UNAVAILABLE} when it could not be stored,
     *     {@code CONFLICT} when it is a delta for a gallery under another digest key, or the file
     *     is damaged and another one was started; nothing has changed for those who are matched
     *     then
     */
    public synchronized void apply(GalleryPage page) {
        try {
            List<Consumer<GalleryMemory>> recount = new ArrayList<>();
            table.transaction(_ -> store(page, recount));
            head = table.transaction(_ -> table.head());
            if (page.part() == GalleryPage.Part.DELTA) {
                page.changes().forEach(memory::apply);
                recount.forEach(step -> step.accept(memory));
            } else if (page.part().ends()) {
                GalleryMemory old = memory;
                memory = read();
                old.close();
            }
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    /**
     * Counts the time since the last call against the lease, and forgets everybody when it has run
     * out.
     *
     * @return whether it has
     * @throws FacetException as {@link #apply}
     */
    public synchronized boolean spendLease() {
        try {
            Lease lease = table.transaction(_ -> spend());
            boolean over = lease.ranOut() && (head.revision() > 0 || memory.size() > 0);
            if (over) {
                LOG.warn(
                        "the hub was not heard for as long as it lets this box keep people; {}"
                                + " faces are forgotten",
                        memory.size());
                GalleryMemory old = memory;
                memory = startAgain();
                old.close();
            }
            return over;
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    private Lease spend() throws SQLException {
        Lease spent = table.lease().spent(bootTime.read());
        table.lease(spent);
        lease = spent;
        return spent;
    }

    /** A damaged file is put aside; the lease goes over to the one that takes its place. */
    private FacetException failed(SQLException failure) {
        if (Trouble.of(failure) != Trouble.DAMAGED) {
            return unusable(failure);
        }
        try {
            table.close();
        } catch (SQLException damaged) {
            LOG.debug("closing a damaged gallery", damaged);
        }
        try {
            table = new GalleryTable(SqliteFile.replace(file, GalleryTable.SCHEMA, MAX_BYTES), box);
            table.transaction(_ -> {
                table.lease(lease);
                return lease;
            });
            head = table.transaction(_ -> table.head());
            return new FacetException(
                    ErrorCode.CONFLICT, "the gallery's file is damaged and is kept aside", failure);
        } catch (SQLException again) {
            return unusable(again);
        }
    }

    private long store(GalleryPage page, List<Consumer<GalleryMemory>> recount)
            throws SQLException {
        Head now = table.head();
        boolean delta = page.part() == GalleryPage.Part.DELTA;
        if (delta && !Arrays.equals(now.digestKey(), page.digestKey())) {
            throw new FacetException(
                    ErrorCode.CONFLICT, "the hub counts its gallery under another key than before");
        }
        Lease granted = Lease.granted(page.lease(), bootTime.read());
        table.lease(granted);
        lease = granted;
        long generation = delta ? now.generation() : now.generation() + 1;
        if (page.part().begins()) {
            table.forgetAllBut(now.generation());
        }
        for (Change change : page.changes()) {
            recount.addAll(store(generation, change));
        }
        if (delta || page.part().ends()) {
            table.become(generation, page.revision(), space, page.digestKey());
        }
        return generation;
    }

    /** Stores a change; gives what it does to the digest, to be done once it is committed. */
    private List<Consumer<GalleryMemory>> store(long generation, Change change)
            throws SQLException {
        List<Consumer<GalleryMemory>> recount = new ArrayList<>();
        switch (change) {
            case Change.Put put -> {
                Row row = new Row(put.face(), put.person(), put.embedding().toBytes());
                table.face(generation, put.face())
                        .forEach(old -> recount.add(m -> m.discount(old)));
                recount.add(m -> m.count(row));
                table.put(generation, row, put.name());
            }
            case Change.RemoveFace gone -> {
                table.face(generation, gone.face())
                        .forEach(old -> recount.add(m -> m.discount(old)));
                table.removeFace(generation, gone.face());
            }
            case Change.Rename rename -> table.rename(generation, rename.person(), rename.name());
            case Change.RemovePerson gone -> {
                table.facesOf(generation, gone.person())
                        .forEach(old -> recount.add(m -> m.discount(old)));
                table.removePerson(generation, gone.person());
            }
        }
        return recount;
    }

    private static FacetException unusable(SQLException failure) {
        return new FacetException(
                Trouble.of(failure) == Trouble.FULL ? ErrorCode.DISK_FULL : ErrorCode.UNAVAILABLE,
                "the gallery's file cannot be used; free room on the agent's disk, or delete"
                        + " gallery.db and start again",
                failure);
    }

    @Override
    public synchronized void close() throws SQLException {
        memory.close();
        table.close();
    }
}
