package io.uad.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.NoOptions;
import io.uad.api.Options;
import io.uad.api.UadException;
import io.uad.api.listener.ListenerProvider;
import io.uad.api.listener.RunEvent;
import io.uad.api.listener.RunListener;
import io.uad.runtime.plugin.PluginCalls;
import io.uad.runtime.plugin.RegisteredComponent;
import io.uad.runtime.plugin.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterruptionTest {
    /** A listener that is told to stop and sleeps on. */
    private record Sleepy(CountDownLatch asleep, CountDownLatch awake) implements ListenerProvider {
        @Override
        public String name() {
            return "sleepy";
        }

        @Override
        public String description() {
            return "sleeps";
        }

        @Override
        public Class<NoOptions> optionsType() {
            return NoOptions.class;
        }

        @Override
        public RunListener create(Options options) {
            return event -> {
                asleep.countDown();
                while (awake.getCount() > 0) {
                    try {
                        awake.await();
                    } catch (InterruptedException e) {
                        // and sleeps on
                    }
                }
            };
        }
    }

    @Test
    void onlyWhoWasAskedIsStoppedAPluginThatCancelsByItselfIsNamed() {
        var component = RegisteredComponent.of(Stage.LISTENER, new Cancelling());
        var interruption = new Interruption();

        var error = assertThrows(
                UadException.class,
                () -> interruption.during(
                        () -> {}, () -> component.create(RunListener.class, Options.of(new NoOptions()))));
        assertEquals(ErrorKind.PLUGIN, error.kind());
        var message = String.valueOf(error.getMessage());
        assertTrue(message.contains("listener/cancelling") && message.contains(component.origin()), message);

        assertEquals(Optional.empty(), interruption.during(() -> {}, () -> {
            interruption.interrupt();
            return component.create(RunListener.class, Options.of(new NoOptions()));
        }));
    }

    /** A listener's provider that ends its work for reasons of its own. */
    private static final class Cancelling implements ListenerProvider {
        @Override
        public String name() {
            return "cancelling";
        }

        @Override
        public String description() {
            return "stops";
        }

        @Override
        public Class<NoOptions> optionsType() {
            return NoOptions.class;
        }

        @Override
        public RunListener create(Options options) {
            throw new CancellationException("enough");
        }
    }

    @Test
    void theComponentInWhoseCallTheWorkIsStuckIsNamedWithItsPlugin() throws InterruptedException {
        var asleep = new CountDownLatch(1);
        var awake = new CountDownLatch(1);
        var component = RegisteredComponent.of(Stage.LISTENER, new Sleepy(asleep, awake));
        var listener = component.create(RunListener.class, Options.of(new NoOptions()));
        var said = new LinkedBlockingQueue<String>();
        var interruption = new Interruption(Duration.ofMillis(20), said::add);
        var work = new Thread(() -> {
            try (var running = interruption.during(() -> {})) {
                listener.on(new RunEvent.Notice("go"));
            }
            interruption.ended(Interruption.EXIT_CODE);
        });
        work.start();
        asleep.await();
        var waiting = new Thread(() -> {
            try {
                interruption.stopAndWait();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        waiting.start();

        assertEquals("\nstopping after the step in hand ...", said.poll(30, TimeUnit.SECONDS));
        var stuck = String.valueOf(said.poll(30, TimeUnit.SECONDS));
        assertTrue(stuck.contains("in a call of listener/sleepy of " + component.origin()), stuck);
        assertTrue(stuck.endsWith("SIGKILL"), stuck); // nothing is said of checkpoints where there are none

        awake.countDown();
        work.join();
        waiting.join();
        assertEquals(List.of(), PluginCalls.underWay());
    }
}
