package io.uad.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.NoOptions;
import io.uad.api.Progress;
import io.uad.api.UadException;
import io.uad.api.backbone.Backbone;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetProvider;
import io.uad.api.dataset.DatasetSummary;
import io.uad.api.dataset.DatasetWriter;
import io.uad.api.dataset.WriterRequest;
import io.uad.api.engine.Engine;
import io.uad.api.engine.EngineProvider;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.NativesRequest;
import io.uad.api.engine.SessionState;
import io.uad.api.engine.TrainingSession;
import io.uad.api.fusion.FusedLayout;
import io.uad.api.fusion.Fusion;
import io.uad.api.image.ScaledDecoder;
import io.uad.api.listener.RunListener;
import io.uad.api.reduction.Projection;
import io.uad.api.reduction.Reduction;
import io.uad.api.uncertainty.Uncertainty;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** No method of any interface that plugins implement gets past its guard, whatever is added to one. */
class EveryCallIsGuardedTest {
    /** An interface, its stage, and what the runtime calls instead of a plugin's object. */
    private record Border<T>(Stage stage, Class<T> type, Function<T, T> guard) {}

    private static final List<Border<?>> BORDERS = List.of(
            border(Stage.DATASET, Dataset.class),
            border(Stage.DECODER, ScaledDecoder.class),
            border(Stage.BACKBONE, Backbone.class),
            border(Stage.ENGINE, Engine.class),
            border(Stage.FUSION, Fusion.class),
            border(Stage.REDUCTION, Reduction.class),
            border(Stage.CLUSTERING, ClusteringAlgorithm.class),
            border(Stage.UNCERTAINTY, Uncertainty.class),
            border(Stage.LISTENER, RunListener.class),
            new Border<>(
                    Stage.DATASET,
                    DatasetWriter.class,
                    writer -> new GuardedDatasetWriter(component(Stage.DATASET), writer)),
            new Border<>(
                    Stage.ENGINE,
                    TrainingSession.class,
                    session -> new GuardedEngine.Session(component(Stage.ENGINE), session)),
            new Border<>(
                    Stage.ENGINE, SessionState.class, state -> new GuardedEngine.State(component(Stage.ENGINE), state)),
            new Border<>(
                    Stage.ENGINE,
                    LinearAlgebra.class,
                    algebra -> new GuardedLinearAlgebra(component(Stage.ENGINE), algebra)),
            new Border<>(
                    Stage.FUSION,
                    FusedLayout.class,
                    layout -> new GuardedFusion.Layout(component(Stage.FUSION), layout)),
            new Border<>(
                    Stage.REDUCTION,
                    Projection.class,
                    projection -> new GuardedReduction.Checked(component(Stage.REDUCTION), projection)));

    @Test
    void everyStageIsAmongThem() {
        var stages = new HashSet<Stage>();
        BORDERS.forEach(border -> stages.add(border.stage()));
        assertEquals(Stage.values().length, stages.size());
    }

    @TestFactory
    Stream<DynamicTest> everyCallReachesThePluginAndItsFailureNamesIt() {
        return BORDERS.stream().flatMap(EveryCallIsGuardedTest::tests);
    }

    /** Providers are asked by their registration only; {@code create} is among its own tests. */
    @Test
    void whatAProviderDoesBesidesMakingAComponentIsGuardedToo() throws NoSuchMethodException {
        for (var stage : Stage.values()) {
            for (var call : stage.providerType().getDeclaredMethods()) {
                if (!call.isSynthetic()) {
                    RegisteredComponent.class.getMethod(call.getName(), call.getParameterTypes());
                }
            }
        }
        EngineProvider broken = FakePlugin.of(EngineProvider.class, call -> {
            throw new IllegalStateException("no licence");
        });
        var request = new NativesRequest("cpu", Optional.empty(), Progress.NONE, sentence -> {});
        var failure = assertThrows(UadException.class, () -> engine(broken).installNatives(request));
        assertEquals(ErrorKind.PLUGIN, failure.kind());
        assertTrue(failure.toString().contains("silent.jar (version 1.2.3)"), failure.toString());
        EngineProvider silent = FakePlugin.of(EngineProvider.class, call -> null);
        failure = assertThrows(UadException.class, () -> engine(silent).installNatives(request));
        assertTrue(failure.toString().contains("nothing from installNatives()"), failure.toString());
        DatasetProvider brokenDataset = FakePlugin.of(DatasetProvider.class, call -> {
            throw new IllegalStateException("no licence");
        });
        var copy = new WriterRequest(
                OutputStream.nullOutputStream(), new DatasetSummary("here", List.of(), 0, "none"), Map.of());
        failure = assertThrows(
                UadException.class,
                () -> new RegisteredComponent(
                                Stage.DATASET, "silent", "", "1.2.3", "silent.jar", brokenDataset, NoOptions.class)
                        .writer(copy));
        assertTrue(failure.toString().contains("silent.jar (version 1.2.3)"), failure.toString());
    }

    private static RegisteredComponent engine(EngineProvider provider) {
        return new RegisteredComponent(Stage.ENGINE, "silent", "", "1.2.3", "silent.jar", provider, NoOptions.class);
    }

    private static <T> Stream<DynamicTest> tests(Border<T> border) {
        return Arrays.stream(border.type().getMethods())
                .filter(call -> !Modifier.isStatic(call.getModifiers()) && !call.isSynthetic())
                .map(call -> DynamicTest.dynamicTest(
                        border.type().getSimpleName() + "." + call.getName() + "/" + call.getParameterCount(),
                        () -> check(border, call)));
    }

    private static <T> void check(Border<T> border, Method call) {
        var heard = new ArrayList<Method>();
        var waitedFor = new ArrayList<RegisteredComponent>();
        var guarded = border.guard().apply(FakePlugin.of(border.type(), heardCall -> {
            heard.add(heardCall);
            waitedFor.addAll(PluginCalls.underWay());
            throw new IllegalStateException("no licence");
        }));

        var failure = Objects.requireNonNull(
                assertThrows(InvocationTargetException.class, () -> call.invoke(guarded, arguments(call)))
                        .getCause());

        assertEquals(1, heard.size());
        assertEquals(call.getName(), heard.get(0).getName());
        assertEquals(List.of(call.getParameterTypes()), List.of(heard.get(0).getParameterTypes()));
        assertEquals(List.of(component(border.stage()).id()), ids(waitedFor));
        if (border.stage() == Stage.LISTENER) { // whose failures end no run: who calls it leaves it out
            assertEquals(IllegalStateException.class, failure.getClass());
            return;
        }
        assertEquals(UadException.class, failure.getClass());
        assertEquals(ErrorKind.PLUGIN, ((UadException) failure).kind());
        var message = String.valueOf(failure.getMessage());
        assertTrue(message.contains(border.stage().key() + "/silent") && message.contains("no licence"), message);
        assertTrue(message.contains("silent.jar (version 1.2.3)"), message);
    }

    private static List<String> ids(List<RegisteredComponent> components) {
        return components.stream().map(RegisteredComponent::id).toList();
    }

    /** None that is of any use: the plugin fails before it looks. */
    private static Object[] arguments(Method call) {
        return Arrays.stream(call.getParameterTypes())
                .map(type -> type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null)
                .toArray();
    }

    private static <T> Border<T> border(Stage stage, Class<T> type) {
        return new Border<>(stage, type, made -> type.cast(Guarded.of(component(stage), made)));
    }

    private static RegisteredComponent component(Stage stage) {
        return new RegisteredComponent(stage, "silent", "", "1.2.3", "silent.jar", new Silent(), NoOptions.class);
    }
}
