package io.facet.edge.gallery;

import io.facet.crypto.AtRest;
import io.facet.edge.gallery.GalleryPage.Change;
import io.facet.edge.gallery.GalleryTable.Row;
import io.facet.index.VectorIndex;
import io.facet.match.Gallery;
import io.facet.match.MatchDecision;
import io.facet.match.MatchPolicy;
import io.facet.match.Matcher;
import io.facet.model.Embedding;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import io.facet.vision.embed.Calibration;
import io.facet.wire.GalleryDigest;
import io.facet.wire.GalleryTerms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The gallery in memory: index, owners, names, digest. Matching is thread-safe; writes come from
 * one thread at a time.
 */
public final class GalleryMemory implements AutoCloseable {
    private final Gallery gallery;
    private final Matcher matcher;
    private final Map<PersonId, String> names = new ConcurrentHashMap<>();
    private final GalleryTerms terms;
    private final GalleryDigest digest = new GalleryDigest();

    /**
     * Takes over an empty index.
     *
     * @param digestKey as {@link GalleryTerms} takes it
     */
    public GalleryMemory(VectorIndex index, Calibration calibration, byte[] digestKey) {
        this.terms = new GalleryTerms(digestKey);
        this.gallery = new Gallery(index);
        this.matcher = new Matcher(gallery, calibration);
    }

    MatchDecision match(Embedding probe, MatchPolicy policy) {
        return gallery.size() == 0
                ? new MatchDecision.Unknown(List.of())
                : matcher.decide(probe, policy);
    }

    Optional<String> nameOf(PersonId person) {
        return Optional.ofNullable(names.get(person));
    }

    int size() {
        return gallery.size();
    }

    synchronized byte[] digest() {
        return digest.value();
    }

    void apply(Change change) {
        switch (change) {
            case Change.Put put -> {
                name(put.person(), put.name());
                put(put.face(), put.person(), put.embedding());
            }
            case Change.RemoveFace gone -> remove(gone.face());
            case Change.Rename rename -> name(rename.person(), rename.name());
            case Change.RemovePerson gone -> {
                gallery.facesOf(gone.person()).forEach(this::remove);
                names.remove(gone.person());
            }
        }
    }

    void name(PersonId person, String name) {
        names.put(person, name);
    }

    void put(FaceId face, PersonId person, Embedding embedding) {
        gallery.put(face, person, embedding);
    }

    private void remove(FaceId face) {
        Optional<PersonId> owner = gallery.ownerOf(face);
        gallery.remove(face);
        owner.filter(person -> gallery.facesOf(person).isEmpty()).ifPresent(names::remove);
    }

    /** Counts a stored row into the digest. */
    synchronized void count(Row row) {
        digest.add(term(row));
    }

    /** Takes a row out of the digest again. */
    synchronized void discount(Row row) {
        digest.remove(term(row));
    }

    private byte[] term(Row row) {
        return terms.of(row.face(), AtRest.bytes(row.person().value()), row.template());
    }

    @Override
    public void close() {
        gallery.close();
    }
}
