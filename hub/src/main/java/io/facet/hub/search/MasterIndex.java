package io.facet.hub.search;

import io.facet.index.VectorIndex;
import io.facet.match.Gallery;
import io.facet.match.MatchDecision;
import io.facet.match.MatchPolicy;
import io.facet.match.Matcher;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import io.facet.vision.embed.Calibration;
import java.util.Collection;
import java.util.Optional;

/**
 * Every enrolled face of the hub's own embedding space, in memory. The store is the record: built
 * from it at the start, kept in step after each of its commits. Thread-safe.
 */
public final class MasterIndex implements AutoCloseable {
    private final Gallery gallery;
    private final Matcher matcher;

    /** Takes over an empty index. */
    public MasterIndex(VectorIndex index, Calibration calibration) {
        this.gallery = new Gallery(index);
        this.matcher = new Matcher(gallery, calibration);
    }

    /** Takes in every face there is; before anything is served. */
    public void load(TemplateSource source) {
        source.each(space(), gallery::put);
    }

    public EmbeddingSpace space() {
        return gallery.space();
    }

    /** Faces held. */
    public int size() {
        return gallery.size();
    }

    public void put(FaceId face, PersonId person, Embedding template) {
        gallery.put(face, person, template);
    }

    public void remove(FaceId face) {
        gallery.remove(face);
    }

    /** Who the probe is. */
    public MatchDecision match(Embedding probe, MatchPolicy policy) {
        return matcher.decide(probe, policy);
    }

    /** Who of these people the probe is. */
    public MatchDecision match(Embedding probe, Collection<PersonId> among, MatchPolicy policy) {
        return matcher.decideAmong(probe, among, policy);
    }

    /** How alike a probe and a person are; empty for somebody without a face here. */
    public Optional<MatchDecision.Candidate> compare(
            Embedding probe, PersonId person, float threshold) {
        return matcher.compare(probe, person, threshold);
    }

    @Override
    public void close() {
        gallery.close();
    }
}
