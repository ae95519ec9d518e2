package io.uad.runtime.plan;

import io.uad.api.backbone.Parameter;
import io.uad.api.clustering.ClusteringForecast;
import io.uad.api.engine.StepMemory;
import io.uad.api.reduction.ReductionForecast;
import io.uad.runtime.checkpoint.CheckpointSize;
import io.uad.runtime.feature.StoredProjection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a run learns and writes down, by size. */
record RunState(PreparedRun run) {
    /** Weights, running statistics and counters, the head's included where its width is known. */
    long weightBytes() {
        return bodyBytes() + bytes(head());
    }

    /** The same without the head's. */
    long bodyBytes() {
        return bytes(run.network().parameters());
    }

    long momentumBytes() {
        return bytes(momentum());
    }

    /** What processes sum over all of them, the head's part included where its width is known; none in one process. */
    long gradientSumBytes() {
        return run.processes().isAlone()
                ? 0
                : Float.BYTES
                        * Stream.concat(run.network().parameters().stream(), head().stream())
                                .filter(Parameter::trained)
                                .mapToLong(Parameter::size)
                                .sum();
    }

    /** What a training step of one process takes on the device. */
    StepMemory step() {
        var step = StepMemory.of(run.network(), clusters());
        return new StepMemory(step.fixedBytes() + gradientSumBytes(), step.bytesPerSample());
    }

    /** The fitted reduction. */
    long projectionBytes() {
        return projection().values().stream()
                .mapToLong(
                        shape -> shape.stream().mapToLong(Integer::longValue).reduce(Float.BYTES, Math::multiplyExact))
                .sum();
    }

    /** A checkpoint of the last epoch, with every image read and no cluster empty. */
    CheckpointSize checkpoint() {
        return new CheckpointSize(
                run.network().parameters(),
                head(),
                momentum(),
                projection(),
                Math.max(1, clusters()),
                run.reducedColumns(),
                run.images(),
                run.drawn(),
                run.epochs() > 1);
    }

    /** How many numbered checkpoints there will be at once. */
    int numbered() {
        var settings = run.config().checkpoint();
        var byIteration = (long) run.steps() * run.epochs() / settings.everyIterations();
        var byEpoch = settings.everyEpochs().isPresent()
                ? run.epochs() / settings.everyEpochs().getAsInt()
                : 0;
        return (int) Math.min(settings.keep(), byIteration + byEpoch);
    }

    /** 0 if the clustering does not say. */
    int clusters() {
        return run.clustering().map(ClusteringForecast::clusters).orElse(0);
    }

    private List<Parameter> head() {
        return clusters() == 0 ? List.of() : run.network().headParameters(clusters());
    }

    /** The head has none: its outputs mean something else in every epoch. */
    private List<Parameter> momentum() {
        return run.config().training().momentum() == 0
                ? List.of()
                : run.network().parameters().stream().filter(Parameter::trained).toList();
    }

    private Map<String, List<Integer>> projection() {
        return StoredProjection.shapes(
                run.layout().parts(),
                run.reduction().map(ReductionForecast::state).orElse(Map.of()));
    }

    private static long bytes(List<Parameter> parameters) {
        return parameters.stream()
                .mapToLong(
                        each -> (long) each.size() * (each.role() == Parameter.Role.COUNTER ? Long.BYTES : Float.BYTES))
                .sum();
    }
}
