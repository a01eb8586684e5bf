package io.facet.hub.sync;

import com.google.protobuf.ByteString;
import io.facet.crypto.SigningKeyPair;
import io.facet.crypto.VerifyingKey;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.sync.GallerySelections.Selected;
import io.facet.hub.sync.GalleryStore.Delta;
import io.facet.hub.sync.GalleryStore.Entry;
import io.facet.hub.sync.GalleryStore.Page;
import io.facet.hub.sync.GalleryStore.Template;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import io.facet.wire.GalleryRequest;
import io.facet.wire.WireIds;
import io.facet.wire.v1.GalleryChange;
import io.facet.wire.v1.GalleryChanges;
import io.facet.wire.v1.GalleryPerson;
import io.facet.wire.v1.GalleryTemplate;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * Gallery changes over a store.
 *
 * <p>A snapshot is paged by face id while the gallery may change under it. Its first page's head
 * revision travels in the cursor and is what the whole snapshot stands for: changes after it are
 * asked for as a delta next, and a delta applied again changes nothing. Only a snapshot whose last
 * page is as of that same revision carries a digest. A box that was told of others until now gets a
 * snapshot, as a change of its selection is a revision too; so does one that is further behind than
 * the log reaches. Thread-safe.
 */
public final class GalleryFeed implements GallerySync {
    static final int SNAPSHOT_PAGE = 2000;
    static final int DELTA_PAGE = 2000;

    private final GalleryStore store;
    private final GallerySelections selections;
    private final EmbeddingSpace space;
    private final SigningKeyPair keys;
    private final Terms terms;

    /**
     * What every answer says beside the changes.
     *
     * @param digestKey of {@link io.facet.wire.GalleryTerms}
     * @param lease how long a box keeps what it holds without hearing the hub; zero keeps it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Terms(byte[] digestKey, Duration lease) {}

    public GalleryFeed(
            GalleryStore store,
            GallerySelections selections,
            EmbeddingSpace space,
            SigningKeyPair keys,
            Terms terms) {
        this.store = store;
        this.selections = selections;
        this.space = space;
        this.keys = keys;
        this.terms = terms;
    }

    @Override
    public long head() {
        return store.head();
    }

    @Override
    public VerifyingKey signedBy() {
        return keys.verifying();
    }

    @Override
    public Signed signed(GalleryRequest request) {
        byte[] body = changes(request).toByteArray();
        byte[] signature = keys.sign(request.signed(), body);
        return new Signed(
                body,
                keys.verifying().keyId() + " " + Base64.getEncoder().encodeToString(signature));
    }

    @Override
    public GalleryChanges changes(GalleryRequest request) {
        EmbeddingSpace asked = asked(request.space());
        Selected selected = selections.of(request.agent());
        if (request.cursor().isPresent()) {
            return snapshot(asked, selected.selection(), Place.parse(request.cursor().get()));
        }
        long head = store.head();
        boolean unknownHere = request.since() < selected.since() || request.since() > head;
        Optional<Delta> delta =
                request.since() <= 0 || unknownHere
                        ? Optional.empty()
                        : store.changes(asked, selected.selection(), request.since(), DELTA_PAGE);
        return delta.map(d -> delta(asked, request.since(), d))
                .orElseGet(() ->
                        snapshot(asked, selected.selection(), new Place(head, Optional.empty())));
    }

    /** The hub's own space, or another one that there are templates of. */
    private EmbeddingSpace asked(String id) {
        return Optional.of(space)
                .filter(own -> own.id().equals(id))
                .or(() -> store.space(id))
                .orElseThrow(() ->
                        new FacetException(
                                ErrorCode.SPACE_MISMATCH,
                                "the hub's embedding space is "
                                        + space.id()
                                        + "; use the same model pack on the edge agent, or have the"
                                        + " hub prepare for it"));
    }

    private GalleryChanges snapshot(EmbeddingSpace of, GallerySelection selection, Place place) {
        Page page = store.snapshot(of, selection, place.after(), SNAPSHOT_PAGE);
        GalleryChanges.Builder answer =
                answer(of).setSnapshot(true).setToRevision(place.revision()).setMore(page.more());
        page.faces().forEach(face -> answer.addChanges(put(place.revision(), face)));
        if (page.more()) {
            FaceId last = page.faces().getLast().face();
            answer.setNextCursor(new Place(place.revision(), Optional.of(last)).text());
        } else if (page.head() == place.revision()) {
            answer.setDigest(ByteString.copyFrom(page.digest()));
        }
        return answer.build();
    }

    private GalleryChanges delta(EmbeddingSpace of, long since, Delta delta) {
        GalleryChanges.Builder answer =
                answer(of)
                        .setFromRevision(since)
                        .setToRevision(delta.to())
                        .setMore(delta.to() < delta.head());
        delta.entries().forEach(entry -> answer.addChanges(change(entry)));
        delta.digest().ifPresent(digest -> answer.setDigest(ByteString.copyFrom(digest)));
        return answer.build();
    }

    private GalleryChanges.Builder answer(EmbeddingSpace of) {
        return GalleryChanges.newBuilder()
                .setSpaceId(of.id())
                .setDimension(of.dimension())
                .setDigestKey(ByteString.copyFrom(terms.digestKey()))
                .setLeaseSeconds(terms.lease().toSeconds());
    }

    private static GalleryChange change(Entry entry) {
        GalleryChange.Builder change = GalleryChange.newBuilder().setRevision(entry.revision());
        return switch (entry) {
            case Entry.Put put -> put(put.revision(), put.template());
            case Entry.RemovedFace removed ->
                    change.setRemovedFaceId(WireIds.bytes(removed.face().value())).build();
            case Entry.Renamed renamed ->
                    change.setPerson(
                                    GalleryPerson.newBuilder()
                                            .setPersonId(WireIds.bytes(renamed.person().value()))
                                            .setName(renamed.name()))
                            .build();
            case Entry.RemovedPerson removed ->
                    change.setRemovedPersonId(WireIds.bytes(removed.person().value())).build();
        };
    }

    private static GalleryChange put(long revision, Template t) {
        return GalleryChange.newBuilder()
                .setRevision(revision)
                .setPut(
                        GalleryTemplate.newBuilder()
                                .setFaceId(WireIds.bytes(t.face().value()))
                                .setPersonId(WireIds.bytes(t.person().value()))
                                .setPersonName(t.name())
                                .setEmbedding(ByteString.copyFrom(t.embedding())))
                .build();
    }

    /**
     * Where a snapshot goes on: the revision it stands for, and the last face of the page before.
     */
    private record Place(long revision, Optional<FaceId> after) {
        String text() {
            return revision + "~" + after.map(FaceId::toString).orElse("");
        }

        static Place parse(String text) {
            int split = text.indexOf('~');
            try {
                return new Place(
                        Long.parseLong(text.substring(0, Math.max(0, split))),
                        Optional.of(FaceId.parse(text.substring(split + 1))));
            } catch (IllegalArgumentException notOurs) {
                throw new FacetException(
                        ErrorCode.INVALID_ARGUMENT,
                        "the cursor is none of this hub; begin again without it",
                        notOurs);
            }
        }
    }
}
