package io.facet.vision.catalog.openvino;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.vision.catalog.onnxproto.FloatTensor;
import io.facet.vision.catalog.onnxproto.OnnxGraph;
import io.facet.vision.catalog.onnxproto.OnnxGraph.Constant;
import io.facet.vision.catalog.openvino.IrNetwork.Layer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes an OpenVINO IR down as ONNX.
 *
 * <p>What changes on the way, none of it the result: half-precision weights become float32; the
 * batch becomes free; a constant added to a convolution becomes its bias; PReLU with one slope
 * becomes LeakyRelu, which ONNX Runtime runs inside the convolution; an average over the whole map
 * becomes GlobalAveragePool; the output N x C x 1 x 1 becomes N x C.
 *
 * <p>Input tensor {@code input}, output tensor {@code output}.
 */
public final class OpenVinoConverter {
    private final IrNetwork network;
    private final ByteBuffer bin;
    private final OnnxGraph graph;
    private final Map<Integer, Layer> byId = new HashMap<>();
    private final Map<Integer, FloatTensor> constants = new HashMap<>();
    private final Map<Integer, Integer> readers = new HashMap<>();
    private final Map<Integer, String> tensors = new HashMap<>();

    /** Convolutions whose bias is the Add that follows; the Add then writes both. */
    private final Set<Integer> deferred = new HashSet<>();

    private OpenVinoConverter(IrNetwork network, ByteBuffer bin) {
        this.network = network;
        this.bin = bin;
        this.graph = new OnnxGraph(network.name());
    }

    /**
     * Converts one network.
     *
     * @throws FacetException {@code model_corrupt} for an operator or layout this does not know
     */
    public static byte[] convert(Path xml, Path bin) {
        try {
            ByteBuffer weights =
                    ByteBuffer.wrap(Files.readAllBytes(bin)).order(ByteOrder.LITTLE_ENDIAN);
            return new OpenVinoConverter(IrNetwork.read(xml), weights).run();
        } catch (IOException failure) {
            throw new FacetException(
                    ErrorCode.MODEL_CORRUPT, "cannot read " + bin.getFileName(), failure);
        }
    }

    private byte[] run() {
        for (Layer layer : network.layers()) {
            byId.put(layer.id(), layer);
            layer.inputs().forEach(id -> readers.merge(id, 1, Integer::sum));
        }
        network.layers().forEach(this::write);
        return graph.toBytes();
    }

    private void write(Layer layer) {
        switch (layer.type()) {
            case "Parameter" -> tensors.put(layer.id(), input(layer));
            case "Const" -> constants.put(layer.id(), weights(layer));
            case "Convert" -> constants.put(layer.id(), constant(layer.inputs().getFirst()));
            case "Convolution", "GroupConvolution" -> convolution(layer);
            case "Add" -> add(layer);
            case "Multiply" -> node(layer, "Mul");
            case "Sigmoid" -> node(layer, "Sigmoid");
            case "PReLU" -> rectifier(layer);
            case "AvgPool" -> average(layer);
            case "Result" -> result(layer);
            default -> throw IrNetwork.broken("operator " + layer.type());
        }
    }

    private String input(Layer layer) {
        return graph.input("input", tail(layer.numbers("shape")));
    }

    private FloatTensor weights(Layer layer) {
        int[] shape = layer.numbers("shape");
        int offset = Integer.parseInt(layer.attribute("offset"));
        int size = Integer.parseInt(layer.attribute("size"));
        int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (!layer.attribute("element_type").equals("f16")
                || size != count * Short.BYTES
                || offset < 0
                || offset > bin.capacity() - size) {
            throw IrNetwork.broken("constant " + layer.id() + " is no f16 tensor of the bin file");
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = Float.float16ToFloat(bin.getShort(offset + i * Short.BYTES));
        }
        return new FloatTensor(values, shape);
    }

    private void convolution(Layer layer) {
        if (onlyReaderAddsBias(layer)) {
            deferred.add(layer.id());
        } else {
            tensors.put(layer.id(), convolution(layer, layer, List.of()));
        }
    }

    private boolean onlyReaderAddsBias(Layer layer) {
        return readers.getOrDefault(layer.id(), 0) == 1
                && network.layers().stream()
                        .anyMatch(next ->
                                next.type().equals("Add")
                                        && next.inputs().getFirst() == layer.id()
                                        && isBias(next.inputs().getLast(), layer));
    }

    /** Whether a constant is one value per output channel of a convolution. */
    private boolean isBias(int id, Layer convolution) {
        Layer source = byId.get(id);
        if (source == null || !source.type().equals("Convert")) {
            return false;
        }
        return source.outputShape().equals(List.of(1, convolution.outputShape().get(1), 1, 1));
    }

    private String convolution(Layer layer, Layer named, List<String> bias) {
        FloatTensor kernel = constant(layer.inputs().getLast());
        boolean grouped = layer.type().equals("GroupConvolution");
        int[] shape = grouped ? ungroup(kernel.shape()) : kernel.shape();
        String weights = graph.floats("w" + layer.id(), kernel.reshaped(shape));
        return graph.node(
                "Conv",
                name(named),
                bias.isEmpty()
                        ? List.of(tensor(layer.inputs().getFirst()), weights)
                        : List.of(tensor(layer.inputs().getFirst()), weights, bias.getFirst()),
                Constant.of("group", grouped ? (long) kernel.dim(0) : 1L),
                Constant.of("kernel_shape", new long[] {shape[2], shape[3]}),
                Constant.of("strides", longs(layer.numbers("strides"))),
                Constant.of("dilations", longs(layer.numbers("dilations"))),
                Constant.of("pads", pads(layer)));
    }

    /** G x O x I x H x W to (G * O) x I x H x W. */
    private static int[] ungroup(int[] shape) {
        return new int[] {shape[0] * shape[1], shape[2], shape[3], shape[4]};
    }

    private static long[] pads(Layer layer) {
        if (!layer.attribute("auto_pad").equals("explicit")) {
            throw IrNetwork.broken("padding " + layer.attribute("auto_pad"));
        }
        int[] begin = layer.numbers("pads_begin");
        int[] end = layer.numbers("pads_end");
        return new long[] {begin[0], begin[1], end[0], end[1]};
    }

    private void add(Layer layer) {
        int first = layer.inputs().getFirst();
        if (deferred.contains(first)) {
            FloatTensor bias = constant(layer.inputs().getLast());
            String name = graph.floats("b" + layer.id(), bias.reshaped(bias.size()));
            tensors.put(layer.id(), convolution(layer(first), layer, List.of(name)));
        } else {
            node(layer, "Add");
        }
    }

    private void node(Layer layer, String operator) {
        List<String> inputs = layer.inputs().stream().map(this::tensor).toList();
        tensors.put(layer.id(), graph.node(operator, name(layer), inputs));
    }

    private void rectifier(Layer layer) {
        FloatTensor slope = constant(layer.inputs().getLast());
        if (slope.size() != 1) {
            throw IrNetwork.broken("PReLU with a slope per channel");
        }
        tensors.put(
                layer.id(),
                graph.node(
                        "LeakyRelu",
                        name(layer),
                        List.of(tensor(layer.inputs().getFirst())),
                        Constant.of("alpha", slope.values()[0])));
    }

    private void average(Layer layer) {
        List<Integer> out = layer.outputShape();
        if (out.get(2) != 1 || out.get(3) != 1) {
            throw IrNetwork.broken("an average over part of the map");
        }
        node(layer, "GlobalAveragePool");
    }

    private void result(Layer layer) {
        int source = layer.inputs().getFirst();
        List<Integer> shape = layer(source).outputShape();
        graph.node(
                "Flatten", "output", List.of(tensor(source)), Constant.of("axis", Long.valueOf(1)));
        graph.output("output", shape.get(1));
    }

    /** The tensor a layer makes; a constant is written into the graph when first asked for. */
    private String tensor(int id) {
        String known = tensors.get(id);
        if (known != null) {
            return known;
        }
        FloatTensor constant = constant(id);
        String made = graph.floats("c" + id, constant);
        tensors.put(id, made);
        return made;
    }

    private FloatTensor constant(int id) {
        FloatTensor known = constants.get(id);
        if (known == null) {
            throw IrNetwork.broken("layer " + id + " should be a constant");
        }
        return known;
    }

    private Layer layer(int id) {
        Layer known = byId.get(id);
        if (known == null) {
            throw IrNetwork.broken("no layer " + id);
        }
        return known;
    }

    private static String name(Layer layer) {
        return "t" + layer.id();
    }

    private static int[] tail(int[] shape) {
        return Arrays.copyOfRange(shape, 1, shape.length);
    }

    private static long[] longs(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }
}
