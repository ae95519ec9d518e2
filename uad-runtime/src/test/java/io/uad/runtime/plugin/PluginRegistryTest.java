package io.uad.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.NoOptions;
import io.uad.api.Options;
import io.uad.api.UadException;
import io.uad.api.listener.RunListener;
import io.uad.runtime.config.Fakes;
import java.util.List;
import org.junit.jupiter.api.Test;

class PluginRegistryTest {
    private final PluginRegistry registry = Fakes.registry();

    @Test
    void componentsComeByStageAndName() {
        var clusterings = registry.components(Stage.CLUSTERING).stream()
                .map(RegisteredComponent::id)
                .toList();

        assertEquals(List.of("clustering/kmeans", "clustering/pic"), clusterings);
        assertEquals(Stage.DATASET, registry.components().get(0).stage());
    }

    @Test
    void namesOfTheOriginalScriptsMeanOurs() {
        assertEquals("kmeans", registry.find(Stage.CLUSTERING, "Kmeans").name());
        assertEquals("pic", registry.find(Stage.CLUSTERING, "PIC").name());
    }

    @Test
    void otherNamesKeepTheirCase() {
        assertThrows(UadException.class, () -> registry.find(Stage.BACKBONE, "AlexNet"));
    }

    @Test
    void unknownNameIsAnsweredWithTheNearestAndAll() {
        var error = assertThrows(UadException.class, () -> registry.find(Stage.CLUSTERING, "k-mean"));

        assertEquals(ErrorKind.CONFIG, error.kind());
        assertEquals(
                "unknown clustering 'k-mean'; expected one of kmeans, pic. The nearest known name is kmeans.",
                error.getMessage());
    }

    @Test
    void stageWithoutPluginsSaysSo() {
        var error = assertThrows(
                UadException.class, () -> PluginRegistry.of(List.of()).find(Stage.ENGINE, "djl"));

        assertTrue(String.valueOf(error.getMessage()).contains("there is none"), error.getMessage());
    }

    @Test
    void keysOfStagesLeadBackToThem() {
        for (var stage : Stage.values()) {
            assertEquals(stage, Stage.of(stage.key()));
        }
        assertThrows(IllegalArgumentException.class, () -> Stage.of("sampling"));
    }

    @Test
    void whatAUserCanMendPassesThroughCreate() {
        var mendable = UadException.config("device cuda:7", "engine.device", "cuda:0", "");

        assertSame(mendable, failure(mendable));
    }

    @Test
    void everyOtherFailureOfCreateIsThePlugins() {
        for (var cause : List.of(new IllegalStateException("half-built"), new UnsatisfiedLinkError("libx.so"))) {
            var error = failure(cause);

            assertEquals(ErrorKind.PLUGIN, error.kind());
            assertSame(cause, error.getCause());
            assertTrue(String.valueOf(error.getMessage()).contains("listener/broken"), error.getMessage());
        }
    }

    private static UadException failure(Throwable cause) {
        var component = RegisteredComponent.of(Stage.LISTENER, new BrokenProviders.InCreate(cause));
        return assertThrows(UadException.class, () -> component.create(RunListener.class, Options.of(new NoOptions())));
    }
}
