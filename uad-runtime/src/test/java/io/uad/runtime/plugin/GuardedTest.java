package io.uad.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.Seed;
import io.uad.api.TensorShape;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetSummary;
import io.uad.api.dataset.Sample;
import io.uad.api.fusion.Fusion;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class GuardedTest {
    private static final RegisteredComponent COMPONENT = RegisteredComponent.of(Stage.LISTENER, new Silent());

    @Test
    void aFailureOfAnyKindNamesTheComponentAndItsFile() {
        assertBroken(
                "no licence",
                () -> PluginContract.guard(COMPONENT, "call()", () -> {
                    throw new IllegalStateException("no licence");
                }));
        assertBroken(
                "StackOverflowError",
                () -> PluginContract.guard(COMPONENT, "call()", () -> {
                    throw new StackOverflowError();
                }));
        assertBroken(
                "Api.newer()",
                () -> PluginContract.guard(COMPONENT, "call()", () -> {
                    throw new NoSuchMethodError("Api.newer()");
                }));
    }

    @Test
    void whatAUserCanMendMemoryThatRanOutAndACancellationPassHoweverTheyAreWrapped() {
        var known = UadException.data("nothing there", "", "", "");
        assertSame(known, assertThrows(UadException.class, () -> failing(known)));
        assertSame(known, assertThrows(UadException.class, () -> failing(wrapped(known))));
        var exhausted = new OutOfMemoryError("Java heap space");
        assertSame(exhausted, assertThrows(OutOfMemoryError.class, () -> failing(exhausted)));
        assertSame(exhausted, assertThrows(OutOfMemoryError.class, () -> failing(wrapped(exhausted))));
        var cancelled = new CancellationException("stop");
        assertSame(
                cancelled,
                assertThrows(CancellationException.class, () -> failing(cancelled))
                        .getCause());
        assertThrows(CancellationException.class, () -> failing(wrapped(cancelled)));
    }

    @Test
    void aCheckedExceptionThatNobodyDeclaredIsAFailureLikeAnyOther() {
        assertBroken("IOException: torn", () -> failing(new IOException("torn")));
        assertBroken("InterruptedException", () -> failing(new InterruptedException()));
    }

    @Test
    void causesInACircleEnd() {
        var one = new IllegalStateException("round");
        one.initCause(new IllegalStateException("and round", one));
        assertBroken("round", () -> failing(one));
    }

    @Test
    void aPluginThatReturnsNothingIsToldByWhichCall() {
        var dataset = new GuardedDataset(COMPONENT, FakePlugin.of(Dataset.class, call -> null));
        assertBroken("nothing from summary()", dataset::summary);
    }

    private static void failing(Throwable failure) {
        PluginContract.run(COMPONENT, () -> GuardedTest.<RuntimeException>sneak(failure));
    }

    /** Throws what the compiler would not let it. */
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void sneak(Throwable failure) throws X {
        throw (X) failure;
    }

    private static Throwable wrapped(Throwable failure) {
        return new IllegalStateException(new ExecutionException("in a worker", failure));
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
        var fusion = new GuardedFusion(COMPONENT, FakePlugin.of(Fusion.class, call -> List.of()));
        var network = new Network("none", TensorShape.vector(2), List.of(), Map.of(), "head");
        assertBroken("no selection", () -> fusion.select(network, new Seed(1), 0));
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
