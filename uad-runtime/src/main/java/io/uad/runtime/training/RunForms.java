package io.uad.runtime.training;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.engine.TapSelection;
import io.uad.runtime.image.BadImage;
import io.uad.runtime.process.Form;
import io.uad.runtime.process.Receiver;
import io.uad.runtime.process.Sender;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** How what a run knows goes from the leading process to the others. */
final class RunForms {
    static final Form<List<BadImage>> BAD_IMAGES = form(
            (images, out) -> out.list(images, (image, each) -> {
                each.number(image.index());
                each.text(image.path());
                each.text(image.reason());
            }),
            in -> in.list(each -> new BadImage(each.integer(), each.text(), each.text())));

    static final Form<EpochPlan> PLAN = form(RunForms::send, RunForms::plan);

    static final Form<RunPosition> POSITION = form(RunForms::send, RunForms::position);

    static final Form<FirstState> STATE = form(
            (state, out) -> {
                out.tensors(state.weights());
                out.tensors(state.momentum());
            },
            in -> new FirstState(in.tensors(), in.tensors()));

    private RunForms() {}

    /**
     * What a session of the engine begins with.
     *
     * @param momentum empty at the very beginning
     */
    record FirstState(NamedTensors weights, NamedTensors momentum) {}

    private static <T> Form<T> form(BiConsumer<T, Sender> writer, Function<Receiver, T> reader) {
        return new Form<>() {
            @Override
            public void write(T value, Sender out) {
                writer.accept(value, out);
            }

            @Override
            public T read(Receiver in) {
                return reader.apply(in);
            }
        };
    }

    private static void send(EpochPlan plan, Sender out) {
        out.number(plan.epoch());
        out.list(plan.selections(), (selection, each) -> {
            each.text(selection.tap());
            each.ints(selection.channels().stream().mapToInt(channel -> channel).toArray());
        });
        out.tensors(plan.projection());
        out.number(plan.centroids().columns());
        out.floats(plan.centroids().toArray());
        out.ints(plan.labels());
        out.floats(plan.squaredDistances());
        out.floats(plan.weights());
        out.optional(plan.previousLabels(), (labels, each) -> each.ints(labels));
        out.ints(plan.order());
        out.list(List.copyOf(plan.metrics().entrySet()), (metric, each) -> {
            each.text(metric.getKey());
            each.real(metric.getValue());
        });
    }

    private static EpochPlan plan(Receiver in) {
        var epoch = in.integer();
        var selections = in.list(each ->
                new TapSelection(each.text(), Arrays.stream(each.ints()).boxed().toList()));
        var projection = in.tensors();
        var columns = in.integer();
        var centroids = FeatureMatrix.of(in.floats(), columns);
        return new EpochPlan(
                epoch,
                selections,
                projection,
                centroids,
                in.ints(),
                in.floats(),
                in.floats(),
                in.optional(Receiver::ints),
                in.ints(),
                metrics(in));
    }

    /** In their order, and to be added to, as those of a plan are. */
    private static Map<String, Double> metrics(Receiver in) {
        var metrics = new LinkedHashMap<String, Double>();
        in.list(each -> Map.entry(each.text(), each.real()))
                .forEach(entry -> metrics.put(entry.getKey(), entry.getValue()));
        return metrics;
    }

    private static void send(RunPosition position, Sender out) {
        out.number(position.epoch());
        out.number(position.iteration());
        out.optional(position.plan(), RunForms::send);
        out.optional(position.previousLabels(), (labels, each) -> each.ints(labels));
        out.optional(position.finished(), RunForms::send);
        var progress = position.progress();
        out.number(progress.step());
        out.number(progress.position());
        out.number(progress.seen());
        out.real(progress.lossSum());
        out.number(progress.correct());
    }

    private static RunPosition position(Receiver in) {
        return new RunPosition(
                in.integer(),
                in.number(),
                in.optional(RunForms::plan),
                in.optional(Receiver::ints),
                in.optional(RunForms::plan),
                new EpochProgress(in.integer(), in.number(), in.number(), in.real(), in.number()));
    }
}
