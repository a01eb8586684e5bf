package io.facet.vision.onnx;

import io.facet.config.FacetConfig;
import io.facet.vision.catalog.InputSpec;
import io.facet.vision.catalog.ModelSpec;
import io.facet.vision.catalog.ResolvedModel;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.detect.DetectorInput;
import io.facet.vision.detect.SinglePass;
import io.facet.vision.detect.YunetDecoder;
import io.facet.vision.image.Image;
import io.facet.vision.image.Planes;
import io.facet.vision.image.Resampler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** YuNet on ONNX Runtime. Thread-safe. */
public final class YunetDetector implements SinglePass, AutoCloseable {
    private static final int[] STRIDES = {8, 16, 32};

    private final Network<Scratch> network;
    private final ModelSpec.Yunet spec;
    private final FacetConfig.Detection config;

    private record Scratch(Planes planes, Resampler resampler) {}

    public YunetDetector(
            OnnxRuntime runtime,
            ResolvedModel<? extends ModelSpec.Detector> model,
            ModelSpec.Yunet spec,
            FacetConfig.Detection config) {
        this.spec = spec;
        this.config = config;
        this.network =
                new Network<>(
                        runtime,
                        model,
                        YunetDetector::outputs,
                        (tensors, size) ->
                                new Scratch(
                                        Inputs.planes(spec.input(), tensors, size).getFirst(),
                                        new Resampler()));
    }

    @Override
    public List<DetectedFace> find(Image image, double zoom) {
        DetectorInput input = plan(image, zoom);
        Network.Size size = new Network.Size(1, input.height(), input.width());
        List<DetectedFace> found =
                network.run(
                        size,
                        (tensors, scratch) -> {
                            scratch.resampler.letterbox(image, input.scale(), scratch.planes);
                            return scratch;
                        },
                        (tensors, scratch) -> decode(tensors, size));
        float back = (float) (1 / input.scale());
        return found.stream().map(face -> scaled(face, back)).toList();
    }

    @Override
    public float nmsIou() {
        return spec.nmsIou();
    }

    @Override
    public int inputSize() {
        return spec.input().anySize() ? config.inputSize() : spec.input().width();
    }

    private DetectorInput plan(Image image, double zoom) {
        InputSpec in = spec.input();
        int width = image.width();
        int height = image.height();
        return in.anySize()
                ? DetectorInput.of(width, height, (int) (config.inputSize() * zoom), in.multiple())
                : DetectorInput.fixed(width, height, in.width(), in.height(), zoom);
    }

    private List<DetectedFace> decode(Tensors tensors, Network.Size size) {
        List<DetectedFace> faces = new ArrayList<>();
        for (int stride : STRIDES) {
            new YunetDecoder(
                            tensors.output("cls_" + stride),
                            tensors.output("obj_" + stride),
                            tensors.output("bbox_" + stride),
                            tensors.output("kps_" + stride))
                    .decode(
                            stride,
                            size.width() / stride,
                            size.height() / stride,
                            config.scoreThreshold(),
                            faces);
        }
        return faces;
    }

    private static Map<String, long[]> outputs(Network.Size size) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        for (int stride : STRIDES) {
            long cells = (long) (size.width() / stride) * (size.height() / stride);
            shapes.put("cls_" + stride, new long[] {1, cells, 1});
            shapes.put("obj_" + stride, new long[] {1, cells, 1});
            shapes.put("bbox_" + stride, new long[] {1, cells, 4});
            shapes.put("kps_" + stride, new long[] {1, cells, 10});
        }
        return shapes;
    }

    private static DetectedFace scaled(DetectedFace face, float factor) {
        return new DetectedFace(
                face.box().scaled(factor, 0, 0),
                face.landmarks().scaled(factor, 0, 0),
                face.score());
    }

    @Override
    public void close() {
        network.close();
    }
}
