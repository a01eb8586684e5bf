package io.facet.vision.onnx;

import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.vision.catalog.ModelSpec;
import io.facet.vision.catalog.ResolvedModel;
import io.facet.vision.embed.FaceEmbedder;
import io.facet.vision.embed.FaceInImage;
import java.util.List;

/** Embeds the faces of one call in as few network calls as the network allows. Thread-safe. */
public final class OnnxEmbedder implements FaceEmbedder, AutoCloseable {
    private final EmbeddingSpace space;
    private final FaceNetwork network;

    public OnnxEmbedder(
            OnnxRuntime runtime, ResolvedModel<ModelSpec.Embedder> model, EmbeddingSpace space) {
        ModelSpec.Embedder spec = model.spec();
        this.space = space;
        this.network =
                new FaceNetwork(runtime, model, spec.crop(), spec.output(), spec.dimension());
    }

    @Override
    public EmbeddingSpace space() {
        return space;
    }

    @Override
    public List<Embedding> embed(List<FaceInImage> faces) {
        return network.run(faces).stream()
                .map(answer -> Embedding.normalised(space, answer.row()))
                .toList();
    }

    @Override
    public void close() {
        network.close();
    }
}
