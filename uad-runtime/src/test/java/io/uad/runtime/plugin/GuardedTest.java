package io.uad.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetSummary;
import io.uad.api.dataset.Sample;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class GuardedTest {
    private static final RegisteredComponent COMPONENT = RegisteredComponent.of(Stage.LISTENER, new Silent());

    @Test
    void aFailureOfAnyKindNamesTheComponentAndItsFile() {
        assertBroken(
                "no licence",
                () -> PluginContract.guard(COMPONENT, () -> {
                    throw new IllegalStateException("no licence");
                }));
        assertBroken(
                "StackOverflowError",
                () -> PluginContract.guard(COMPONENT, () -> {
                    throw new StackOverflowError();
                }));
        assertBroken(
                "Api.newer()",
                () -> PluginContract.guard(COMPONENT, () -> {
                    throw new NoSuchMethodError("Api.newer()");
                }));
    }

    @Test
    void whatAUserCanMendAndACancellationPass() {
        var known = UadException.data("nothing there", "", "", "");
        assertSame(
                known,
                assertThrows(
                        UadException.class,
                        () -> PluginContract.guard(COMPONENT, () -> {
                            throw known;
                        })));
        assertThrows(
                CancellationException.class,
                () -> PluginContract.guard(COMPONENT, () -> {
                    throw new CancellationException();
                }));
    }

    @Test
    void aDatasetsFailuresAreItsOwnButASampleThatCannotBeReadIsNone() {
        var dataset = new GuardedDataset(COMPONENT, new Broken());

        assertBroken("no size", dataset::size);
        assertBroken("no size", () -> dataset.sample(0));
        assertEquals(
                "torn", assertThrows(IOException.class, () -> dataset.read(0)).getMessage());
    }

    @Test
    void aSelectionOfNothingIsRefused() {
        assertBroken("no selection", () -> PluginContract.check(COMPONENT, List.of()));
    }

    @Test
    void callsWithinCallsAreThoseThatAreNamed() {
        var inner = new RegisteredComponent(
                Stage.LISTENER, "inner", "", "1", "inner.jar", new Silent(), COMPONENT.optionsType());

        PluginCalls.during(COMPONENT, () -> {
            PluginCalls.during(inner, () -> {
                assertEquals(List.of(inner), PluginCalls.underWay());
                return inner;
            });
            assertEquals(List.of(COMPONENT), PluginCalls.underWay());
            return COMPONENT;
        });
        assertEquals(List.of(), PluginCalls.underWay());
    }

    private static void assertBroken(String reason, Executable call) {
        var error = assertThrows(UadException.class, call);
        assertEquals(ErrorKind.PLUGIN, error.kind());
        var message = String.valueOf(error.getMessage());
        assertTrue(message.contains(reason) && message.contains("listener/silent"), message);
        assertTrue(message.contains(COMPONENT.origin()), message);
    }

    /** A dataset that works not at all. */
    private static final class Broken implements Dataset {
        @Override
        public DatasetSummary summary() {
            throw new IllegalStateException("no summary");
        }

        @Override
        public int size() {
            throw new IllegalStateException("no size");
        }

        @Override
        public Sample sample(int index) {
            throw new IllegalStateException("no size");
        }

        @Override
        public Content read(int index) throws IOException {
            throw new IOException("torn");
        }
    }
}
