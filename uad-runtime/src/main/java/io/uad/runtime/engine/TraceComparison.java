package io.uad.runtime.engine;

import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.UadException;
import io.uad.runtime.evaluation.ClusterMetrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The differences between the traces of two engines. */
public final class TraceComparison {
    /**
     * Of tensors that belong together those with small values count by what is usual among them: the gradient of a bias
     * before a batch normalisation is 0 but for rounding, which no two libraries do alike.
     */
    private static final double SMALLEST_SCALE = 1e-2;

    private final TraceFolder reference;
    private final TraceFolder other;

    /**
     * @param reference the folder of the trace that counts as right
     * @param other the folder of the trace that is looked at
     * @throws UadException of kind DATA if one of them is no trace, CONFIG if they are of different work
     */
    public TraceComparison(Path reference, Path other) {
        this.reference = TraceFolder.existing(reference);
        this.other = TraceFolder.existing(other);
        require(reference, this.reference.summary().differences(this.other.summary()));
    }

    /**
     * Makes sure, before an engine is traced, that it will do the work of the reference.
     *
     * @param config as YAML
     * @throws UadException of kind CONFIG if not, DATA if there is no such reference
     */
    public static void requireSameWork(Path reference, String config, TracedWork work) {
        require(reference, summary(reference).differences(config, work));
    }

    private static void require(Path reference, List<String> differences) {
        if (!differences.isEmpty()) {
            throw UadException.config(
                    String.join("; ", differences),
                    reference.toString(),
                    "a trace of the same work",
                    "Compare with the settings that the reference was made with, or make it anew with --save");
        }
    }

    /** What a trace says of its engine. */
    public static TraceSummary summary(Path trace) {
        return TraceFolder.existing(trace).summary();
    }

    /** All stages in order, activations tap by tap. */
    public List<StageDifference> differences() {
        var differences = new ArrayList<StageDifference>();
        for (var stage : TracedStage.values()) {
            if (stage.isShare()) {
                differences.add(labels(stage));
            } else if (stage == TracedStage.GRADIENT) {
                differences.add(gradients());
            } else if (stage == TracedStage.FORWARD) {
                differences.addAll(each(stage, reference.read(stage), other.read(stage), Scale.NONE));
            } else {
                differences.add(together(stage, reference.read(stage), other.read(stage)));
            }
        }
        return differences;
    }

    /** Of the batch that shows the least, where all are finite: what is wrong in some only shows in the losses, too. */
    private StageDifference gradients() {
        var stage = TracedStage.GRADIENT;
        return IntStream.range(0, reference.summary().work().steps())
                .mapToObj(step -> together(stage, reference.read(stage, step), other.read(stage, step)))
                .min(Comparator.comparingDouble(
                        difference -> Double.isFinite(difference.judged()) ? difference.judged() : -1))
                .orElseThrow();
    }

    private StageDifference labels(TracedStage stage) {
        var right = withNoiseAsACluster(reference.read(stage).get("labels").ints());
        var found = withNoiseAsACluster(other.read(stage).get("labels").ints());
        var share = right.length == found.length ? 1 - ClusterMetrics.accuracy(right, found) : 1;
        return new StageDifference(stage, "", "", share, share);
    }

    private static int[] withNoiseAsACluster(int[] labels) {
        return Arrays.stream(labels).map(label -> label + 1).toArray();
    }

    /** What differences are divided by. */
    private record Scale(double largest, double mean) {
        static final Scale NONE = new Scale(0, 0);

        static Scale of(Tensor tensor) {
            var values = doubles(tensor);
            var largest = 0.0;
            var sum = 0.0;
            for (var i = 0; i < tensor.size(); i++) {
                var size = Math.abs(values.applyAsDouble(i));
                largest = Math.max(largest, size);
                sum += size;
            }
            return new Scale(largest, sum / Math.max(1, tensor.size()));
        }

        /** The least by which tensors that belong together are divided. */
        static Scale least(NamedTensors tensors) {
            var scales = tensors.asMap().entrySet().stream()
                    .filter(tensor -> !tensor.getKey().startsWith(TracedFeatures.PROJECTION))
                    .map(tensor -> of(tensor.getValue()))
                    .toList();
            return new Scale(
                    SMALLEST_SCALE * median(scales.stream().mapToDouble(Scale::largest)),
                    SMALLEST_SCALE * median(scales.stream().mapToDouble(Scale::mean)));
        }

        private static double median(DoubleStream values) {
            var sorted = values.filter(value -> value > 0).sorted().toArray();
            return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
        }

        Scale orMore(Scale least) {
            return new Scale(Math.max(largest, least.largest), Math.max(mean, least.mean));
        }
    }

    private static List<StageDifference> each(TracedStage stage, NamedTensors right, NamedTensors found, Scale least) {
        var each = new ArrayList<StageDifference>();
        right.asMap().forEach((name, tensor) -> {
            if (!name.startsWith(TracedFeatures.PROJECTION)) {
                each.add(difference(stage, name, tensor, found.has(name) ? found.get(name) : null, least));
            }
        });
        return each;
    }

    /** The worst of a stage's tensors. */
    private static StageDifference together(TracedStage stage, NamedTensors right, NamedTensors found) {
        var each = each(stage, right, found, Scale.least(right));
        var worst = each.stream()
                .max(Comparator.comparingDouble(StageDifference::judged))
                .orElseThrow();
        return new StageDifference(stage, "", each.size() > 1 ? worst.item() : "", worst.largest(), worst.mean());
    }

    /** A tensor that is missing, of another length or not finite is as far away as can be. */
    private static StageDifference difference(
            TracedStage stage, String name, Tensor right, @Nullable Tensor found, Scale least) {
        var far = new StageDifference(stage, name, "", Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        if (found == null || found.size() != right.size()) {
            return far;
        }
        var a = doubles(right);
        var b = doubles(found);
        var largest = 0.0;
        var sum = 0.0;
        for (var i = 0; i < right.size(); i++) {
            var apart = Math.abs(a.applyAsDouble(i) - b.applyAsDouble(i));
            if (!Double.isFinite(apart)) {
                return far;
            }
            largest = Math.max(largest, apart);
            sum += apart;
        }
        if (largest == 0) {
            return new StageDifference(stage, name, "", 0, 0);
        }
        var scale = Scale.of(right).orMore(least);
        return new StageDifference(stage, name, "", largest / scale.largest, sum / right.size() / scale.mean);
    }

    private static IntToDoubleFunction doubles(Tensor tensor) {
        if (tensor.values() instanceof float[] floats) {
            return i -> floats[i];
        }
        var ints = tensor.ints();
        return i -> ints[i];
    }
}
