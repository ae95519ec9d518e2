package io.uad.exchange;

import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.UadException;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.Network;
import io.uad.api.image.Normalization;
import io.uad.exchange.onnx.OnnxModel;
import io.uad.runtime.Version;
import io.uad.runtime.checkpoint.AtomicFile;
import io.uad.runtime.checkpoint.Checkpoint;
import io.uad.runtime.checkpoint.Safetensors;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.ConfigReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the network of a checkpoint for other programs.
 *
 * <p>Both formats carry what a program has to know as metadata: {@code uad-version}, {@code backbone}, {@code input-size} in
 * pixels, {@code mean} and {@code std} of the three channels, by which it must normalise bytes divided by 255, and
 * {@code tap}.
 */
public final class ModelExport {
    /** What the runtime needs and a network does not. */
    private static final List<String> PRETEXT_ONLY =
            List.of("dataset", "decoder", "fusion", "reduction", "clustering", "uncertainty");

    private final Checkpoint checkpoint;
    private final Network network;

    /**
     * Rebuilds the network.
     *
     * @param name of the checkpoint, for messages
     * @throws UadException of kind CONFIG if its backbone is not installed, DATA if its weights do not fit
     */
    public ModelExport(ConfigReader reader, String name, Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
        var config = reader.read(List.of(
                ConfigLayer.text(
                                name + " (its configuration)",
                                checkpoint.manifest().config())
                        .without(PRETEXT_ONLY),
                ConfigLayer.assignment(name, "dataset.path", ".")));
        this.network = config.backbone()
                .create(Backbone.class)
                .network(checkpoint.manifest().model().input());
        requireFit(name);
    }

    /** Whether the model has a head. */
    public boolean hasHead() {
        return checkpoint.weights().has(network.head() + ".weight");
    }

    /**
     * Writes the state dict as safetensors under PyTorch's names.
     *
     * @param head whether to write the head too
     * @throws UadException of kind CONFIG if a head is asked for and there is none, RESOURCE if it cannot be written
     */
    public void safetensors(Path file, boolean head) {
        if (head) {
            requireHead("--head");
        }
        var tensors = new LinkedHashMap<String, Tensor>(checkpoint.weights().asMap());
        tensors.keySet().removeIf(name -> !head && name.startsWith(network.head() + "."));
        var metadata = metadata();
        metadata.put("format", "pt");
        Safetensors.write(file, new NamedTensors(tensors), metadata);
    }

    /**
     * Writes an ONNX model up to a tap.
     *
     * @param tap one of the network's taps, or {@code top}, the head's output; null for the latter
     * @throws UadException of kind CONFIG if there is no such tap, RESOURCE if it cannot be written
     */
    public void onnx(Path file, @Nullable String tap) {
        var end = tap == null ? Network.TOP : tap;
        if (end.equals(Network.TOP)) {
            requireHead("--tap");
        } else if (!network.taps().containsKey(end)) {
            throw UadException.config(
                    "the backbone " + network.name() + " has no tap '" + end + "'",
                    "--tap",
                    "one of " + String.join(", ", network.taps().keySet()) + ", " + Network.TOP,
                    "Choose a tap of this backbone");
        }
        var metadata = metadata();
        metadata.put("tap", end);
        var model = OnnxModel.of(network, checkpoint.weights(), end, Version.CURRENT, metadata);
        AtomicFile.write(file, 0, model::writeTo);
    }

    private Map<String, String> metadata() {
        var metadata = new TreeMap<>(Map.of("uad-version", Version.CURRENT, "backbone", network.name()));
        if (!OnnxModel.takesVectors(network)) {
            var normalization = Normalization.IMAGENET;
            metadata.put("input-size", Integer.toString(network.input().width()));
            metadata.put("mean", words(normalization.mean()));
            metadata.put("std", words(normalization.deviation()));
        }
        return metadata;
    }

    private static String words(List<Float> numbers) {
        return String.join(",", numbers.stream().map(String::valueOf).toList());
    }

    private void requireHead(String where) {
        if (!hasHead()) {
            throw UadException.config(
                    "the model has no head",
                    where,
                    "a tap before it",
                    "Name one of " + String.join(", ", network.taps().keySet()) + " by --tap");
        }
    }

    private void requireFit(String name) {
        var shapes = new LinkedHashMap<String, List<Integer>>();
        checkpoint.weights().asMap().forEach((key, tensor) -> shapes.put(key, tensor.shape()));
        var differences = StateFit.differences(network, shapes);
        if (!differences.isEmpty()) {
            throw UadException.data(
                    "its weights do not fit its network: " + String.join(", ", differences),
                    name,
                    "the parameters of " + network.name(),
                    "Use another checkpoint");
        }
    }
}
