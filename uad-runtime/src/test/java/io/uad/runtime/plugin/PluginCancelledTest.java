package io.uad.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.NoOptions;
import io.uad.api.UadException;
import io.uad.runtime.listener.StopSignal;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class PluginCancelledTest {
    private static final RegisteredComponent OUTER = component("outer");
    private static final RegisteredComponent INNER = component("inner");

    @Test
    void whereNobodyAskedItIsAnErrorOfTheInnermostPluginWithItsFile() {
        var cancelled = cancelled();
        var error = assertThrows(UadException.class, () -> new StopSignal().requireRaised(cancelled));

        assertEquals(ErrorKind.PLUGIN, error.kind());
        var message = String.valueOf(error.getMessage());
        assertTrue(message.contains("clustering/inner") && message.contains("inner.jar"), message);
        assertTrue(message.contains("enough"), message);
    }

    @Test
    void whereSomebodyAskedItIsTheEndOfTheWork() {
        var stop = new StopSignal();
        stop.raise();
        stop.requireRaised(cancelled());
    }

    private static CancellationException cancelled() {
        return assertThrows(
                CancellationException.class,
                () -> PluginContract.run(
                        OUTER,
                        () -> PluginContract.run(INNER, () -> {
                            throw new CancellationException("enough");
                        })));
    }

    private static RegisteredComponent component(String name) {
        return new RegisteredComponent(Stage.CLUSTERING, name, "", "1", name + ".jar", new Silent(), NoOptions.class);
    }
}
