package io.facet.hub.models;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.people.GalleryListener;
import io.facet.hub.people.Pictures;
import io.facet.hub.people.TemplateStore;
import io.facet.model.Embedding;
import io.facet.model.FaceId;
import io.facet.model.Jpeg;
import io.facet.vision.pipeline.Vision;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings the faces into the space of the model in use, from the start on, and of the next one when
 * it is asked for. Templates of the model before stay, so that a hub started with that again knows
 * everybody at once; of older ones they are deleted. Thread-safe.
 */
public final class ModelChanges implements ModelService, AutoCloseable {
    private final Parts parts;
    private final Reembedding present;
    private @Nullable Reembedding prepared;

    /**
     * What changes of models are made of.
     *
     * @param vision of the model in use; not closed
     * @param adopt keeps a template of the model in use and makes it searchable
     * @param listener told of templates of other models
     */
    public record Parts(
            PackSource packs,
            Vision vision,
            TemplateStore store,
            Pictures pictures,
            Function<FaceId, Optional<Jpeg>> picture,
            Sink adopt,
            GalleryListener listener,
            InstantSource clock) {}

    /** Begins to bring the faces into the space of the model in use. */
    public ModelChanges(Parts parts) {
        this.parts = parts;
        parts.store().used(parts.vision().space(), parts.clock().instant());
        this.present =
                new Reembedding(
                        parts.packs().present(),
                        parts.vision(),
                        work(parts.adopt(), parts.store()::forgetOld, () -> {}));
    }

    private Reembedding.Parts work(Sink sink, Runnable complete, Runnable end) {
        return new Reembedding.Parts(
                parts.store(), parts.pictures(), parts.picture(), sink, complete, end);
    }

    @Override
    public Progress present() {
        return present.progress();
    }

    @Override
    public synchronized Optional<Progress> prepared() {
        return Optional.ofNullable(prepared).map(Reembedding::progress);
    }

    @Override
    public synchronized Progress prepare(String pack) {
        Optional<Progress> running = prepared().filter(p -> p.state() == Progress.State.WORKING);
        if (running.isPresent() && running.get().pack().equals(pack)) {
            return running.get();
        }
        if (running.isPresent()) {
            throw new FacetException(
                    ErrorCode.CONFLICT,
                    "pack " + running.get().pack() + " is being prepared; wait until that is done");
        }
        Vision vision = parts.packs().open(pack);
        if (vision.space().equals(parts.vision().space())) {
            vision.close();
            throw new FacetException(
                    ErrorCode.CONFLICT,
                    "pack " + pack + " makes the same templates as the one in use; nothing to do");
        }
        parts.store().used(vision.space(), parts.clock().instant());
        prepared = new Reembedding(pack, vision, work(this::keep, () -> {}, vision::close));
        return prepared.progress();
    }

    private void keep(FaceId face, Embedding template) {
        parts.store()
                .add(face, template)
                .ifPresent(added -> parts.listener().changed(added.revision()));
    }

    @Override
    public void close() {
        present.close();
        Optional<Reembedding> other;
        synchronized (this) {
            other = Optional.ofNullable(prepared);
        }
        other.ifPresent(Reembedding::close);
    }
}
