package io.facet.vision.catalog.onnxproto;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * An ONNX graph being written, operator set 13, float32. Every method that adds something returns
 * the name of the tensor it makes, for use as an input of later nodes. Not thread-safe.
 */
public final class OnnxGraph {
    private static final int IR_VERSION = 8;
    private static final int OPSET = 13;
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final String BATCH = "N";

    private final Graph.Builder graph = Graph.newBuilder();

    public OnnxGraph(String name) {
        graph.setName(name);
    }

    /** A constant of a node: float, long, long[] or String. */
    public record Constant(String name, Object value) {
        public static Constant of(String name, Object value) {
            return new Constant(name, value);
        }
    }

    /** A float input N x {@code dims}. */
    public String input(String name, int... dims) {
        graph.addInput(value(name, dims));
        return name;
    }

    /** Declares a tensor made by a node a float output N x {@code dims}. */
    public void output(String name, int... dims) {
        graph.addOutput(value(name, dims));
    }

    /** A constant float tensor. */
    public String floats(String name, FloatTensor tensor) {
        ByteBuffer raw =
                ByteBuffer.allocate(tensor.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(tensor.values());
        return tensor(name, FLOAT, raw, tensor.shape());
    }

    /** A constant long without dimensions. */
    public String scalar(String name, long value) {
        ByteBuffer raw = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return tensor(name, INT64, raw.putLong(value));
    }

    /** A constant vector of longs. */
    public String longs(String name, long... values) {
        ByteBuffer raw =
                ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return tensor(name, INT64, raw, values.length);
    }

    /** A node with one output, which is named like the node. */
    public String node(String operator, String name, List<String> inputs, Constant... constants) {
        Node.Builder node =
                Node.newBuilder()
                        .addAllInput(inputs)
                        .addOutput(name)
                        .setName(name)
                        .setOpType(operator);
        for (Constant constant : constants) {
            node.addAttribute(attribute(constant));
        }
        graph.addNode(node);
        return name;
    }

    /** The file. */
    public byte[] toBytes() {
        return Model.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("facet")
                .addOpsetImport(OperatorSet.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private String tensor(String name, int type, ByteBuffer raw, int... dims) {
        Tensor.Builder tensor = Tensor.newBuilder().setName(name).setDataType(type);
        for (int dim : dims) {
            tensor.addDims(dim);
        }
        graph.addInitializer(tensor.setRawData(ByteString.copyFrom(raw.rewind())));
        return name;
    }

    private static Value value(String name, int... dims) {
        Shape.Builder shape = Shape.newBuilder().addDim(Dimension.newBuilder().setDimParam(BATCH));
        for (int dim : dims) {
            shape.addDim(Dimension.newBuilder().setDimValue(dim));
        }
        return Value.newBuilder()
                .setName(name)
                .setType(
                        ValueType.newBuilder()
                                .setTensorType(
                                        TensorType.newBuilder().setElemType(FLOAT).setShape(shape)))
                .build();
    }

    private static Attribute attribute(Constant constant) {
        Attribute.Builder attribute = Attribute.newBuilder().setName(constant.name());
        switch (constant.value()) {
            case Float f -> attribute.setType(Attribute.Type.FLOAT).setF(f);
            case Long i -> attribute.setType(Attribute.Type.INT).setI(i);
            case String s ->
                    attribute.setType(Attribute.Type.STRING).setS(ByteString.copyFromUtf8(s));
            case long[] ints -> {
                attribute.setType(Attribute.Type.INTS);
                for (long i : ints) {
                    attribute.addInts(i);
                }
            }
            default -> throw new IllegalArgumentException("no attribute: " + constant);
        }
        return attribute.build();
    }
}
