package io.uad.runtime.checkpoint;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.backbone.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a checkpoint's parts are named within its one safetensors file.
 *
 * <p>Weights keep the names of PyTorch's state dict, so that other tools find them. All else begins with {@code uad.}:
 *
 * <pre>
 * uad.momentum.NAME                  of the parameter NAME
 * uad.projection.NAME                state of the fitted reduction
 * uad.centroids                      F32 [K, d]
 * uad.assignment.labels              I32 [N]
 * uad.assignment.squared-distances   F32 [N]
 * uad.assignment.weights             F32 [N]
 * uad.assignment.previous-labels     I32 [N], missing in the first epoch
 * uad.sample.order                   I32 [n]
 * </pre>
 */
final class CheckpointTensors {
    private static final String OWN = "uad.";
    private static final String MOMENTUM = "uad.momentum.";
    private static final String PROJECTION = "uad.projection.";
    private static final String CENTROIDS = "uad.centroids";
    private static final String LABELS = "uad.assignment.labels";
    private static final String DISTANCES = "uad.assignment.squared-distances";
    private static final String WEIGHTS = "uad.assignment.weights";
    private static final String PREVIOUS = "uad.assignment.previous-labels";
    private static final String ORDER = "uad.sample.order";

    private CheckpointTensors() {}

    static boolean isWeight(String name) {
        return !name.startsWith(OWN);
    }

    static NamedTensors of(Checkpoint checkpoint) {
        var tensors = new LinkedHashMap<String, Tensor>();
        checkpoint.weights().asMap().forEach((name, tensor) -> {
            if (!isWeight(name)) {
                throw new IllegalArgumentException("a weight's name must not begin with " + OWN + ", was " + name);
            }
            tensors.put(name, tensor);
        });
        tensors.putAll(checkpoint.momentum().prefixed(MOMENTUM).asMap());
        var clusters = checkpoint.clusters();
        if (clusters != null) {
            tensors.putAll(clusters.projection().prefixed(PROJECTION).asMap());
            var centroids = clusters.centroids();
            tensors.put(CENTROIDS, Tensor.of(centroids.toArray(), centroids.rows(), centroids.columns()));
            tensors.put(LABELS, Tensor.of(clusters.labels(), clusters.labels().length));
            tensors.put(DISTANCES, Tensor.of(clusters.squaredDistances(), clusters.squaredDistances().length));
            tensors.put(WEIGHTS, Tensor.of(clusters.weights(), clusters.weights().length));
            var previous = clusters.previousLabels();
            if (previous != null) {
                tensors.put(PREVIOUS, Tensor.of(previous, previous.length));
            }
            tensors.put(ORDER, Tensor.of(clusters.order(), clusters.order().length));
        }
        return new NamedTensors(tensors);
    }

    /** What {@link #of} makes of a checkpoint of that size, without its values. */
    static Map<String, Safetensors.Shape> shapes(CheckpointSize size) {
        var shapes = new LinkedHashMap<String, Safetensors.Shape>();
        var all = new ArrayList<>(size.body());
        all.addAll(size.head());
        all.forEach(parameter -> shapes.put(
                parameter.name(),
                shape(parameter.role() == Parameter.Role.COUNTER ? Dtype.I64 : Dtype.F32, parameter.shape())));
        size.momentum().forEach(each -> shapes.put(MOMENTUM + each.name(), shape(Dtype.F32, each.shape())));
        size.projection().forEach((name, sides) -> shapes.put(PROJECTION + name, shape(Dtype.F32, sides)));
        shapes.put(CENTROIDS, shape(Dtype.F32, List.of(size.clusters(), size.columns())));
        var samples = List.of(size.samples());
        shapes.put(LABELS, shape(Dtype.I32, samples));
        shapes.put(DISTANCES, shape(Dtype.F32, samples));
        shapes.put(WEIGHTS, shape(Dtype.F32, samples));
        if (size.hasPrevious()) {
            shapes.put(PREVIOUS, shape(Dtype.I32, samples));
        }
        shapes.put(ORDER, shape(Dtype.I32, List.of(size.drawn())));
        return shapes;
    }

    private static Safetensors.Shape shape(Dtype type, List<Integer> sides) {
        return new Safetensors.Shape(type, sides);
    }

    /**
     * @param file for messages
     * @throws io.uad.api.UadException of kind DATA if a part is missing or of another type or length
     */
    static Checkpoint checkpoint(Path file, CheckpointManifest manifest, NamedTensors tensors) {
        var weights = new LinkedHashMap<>(tensors.asMap());
        weights.keySet().removeIf(name -> !isWeight(name));
        try {
            return new Checkpoint(
                    manifest,
                    new NamedTensors(weights),
                    tensors.withPrefix(MOMENTUM),
                    tensors.has(LABELS) ? clusters(tensors) : null);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw Safetensors.broken(file, "the parts of the checkpoint do not fit: " + e.getMessage());
        }
    }

    private static ClusterState clusters(NamedTensors tensors) {
        var centroids = tensors.get(CENTROIDS);
        if (centroids.shape().size() != 2) {
            throw new IllegalArgumentException(CENTROIDS + " must be a matrix, was of shape " + centroids.shape());
        }
        return new ClusterState(
                tensors.withPrefix(PROJECTION),
                FeatureMatrix.of(centroids.floats(), centroids.shape().get(1)),
                tensors.get(LABELS).ints(),
                tensors.get(DISTANCES).floats(),
                tensors.get(WEIGHTS).floats(),
                tensors.has(PREVIOUS) ? tensors.get(PREVIOUS).ints() : null,
                tensors.get(ORDER).ints());
    }
}
