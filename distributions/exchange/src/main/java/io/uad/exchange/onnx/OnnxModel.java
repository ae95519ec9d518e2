package io.uad.exchange.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.uad.api.NamedTensors;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import java.util.List;
import java.util.Map;

/**
 * A network up to a tap as an ONNX model.
 *
 * <p>Its input is float32: {@value #IMAGES} {@code [batch, 3, side, side]}, red first, already normalised, or {@value
 * #VECTORS} {@code [batch, D]}. Its output is named after the tap and is {@code [batch, C, H, W]} or {@code [batch, C]}. The batch may be of any size.
 */
public final class OnnxModel {
    /** The name of the input of a network for images. */
    public static final String IMAGES = "images";
    /** The name of the input of a network for vectors. */
    public static final String VECTORS = "features";
    /** The format that came with {@link OnnxGraph#OPSET}. */
    private static final long IR_VERSION = 7;

    private OnnxModel() {}

    /**
     * Builds the model.
     *
     * @param weights all parameters up to the tap, and the head's for {@link Network#TOP}
     * @param tap one of the network's, or {@link Network#TOP}
     * @param uadVersion who wrote it
     * @param metadata goes with the model
     * @throws IllegalArgumentException if there is no such tap or parameter
     */
    public static ModelProto of(
            Network network, NamedTensors weights, String tap, String uadVersion, Map<String, String> metadata) {
        var graph = GraphProto.newBuilder().setName(network.name());
        var nodes = new OnnxGraph(graph);
        var layers = new LayerWriter(nodes, weights);
        var top = tap.equals(Network.TOP);
        var end = top ? network.layers().size() : network.position(tap);
        var vectors = takesVectors(network);
        var input = vectors ? VECTORS : IMAGES;
        var last = layers.add(network.layers().subList(0, end), input);
        if (top) {
            var classes = weights.get(network.head() + ".weight").shape().get(0);
            last = layers.add(List.of(new Layer.Linear(network.head(), network.featureCount(), classes)), last);
            graph.addOutput(value(tap, TensorShape.vector(classes), true));
        } else {
            graph.addOutput(value(
                    tap,
                    network.shapeAt(tap),
                    vectors || isVector(network.layers().subList(0, end))));
        }
        nodes.node("Identity", List.of(last), tap);
        graph.addInput(value(input, network.input(), vectors));
        var model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("uad")
                .setProducerVersion(uadVersion)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OnnxGraph.OPSET))
                .setGraph(graph);
        metadata.forEach((key, text) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(text)));
        return model.build();
    }

    /** Whether the network's inputs are vectors. */
    public static boolean takesVectors(Network network) {
        return network.input().equals(TensorShape.vector(network.input().channels()));
    }

    private static boolean isVector(List<Layer> layers) {
        return layers.stream()
                .anyMatch(layer -> layer instanceof Layer.Flatten
                        || layer instanceof Layer.Linear
                        || (layer instanceof Layer.Residual residual && isVector(residual.main())));
    }

    private static ValueInfoProto value(String name, TensorShape shape, boolean vector) {
        var sides = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"))
                .addDim(side(shape.channels()));
        if (!vector) {
            sides.addDim(side(shape.height())).addDim(side(shape.width()));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(sides)))
                .build();
    }

    private static TensorShapeProto.Dimension.Builder side(int length) {
        return TensorShapeProto.Dimension.newBuilder().setDimValue(length);
    }
}
