package io.uad.runtime.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.uad.api.NoOptions;
import io.uad.api.Options;
import io.uad.api.UadException;
import io.uad.api.listener.ListenerProvider;
import io.uad.api.listener.RunEvent;
import io.uad.api.listener.RunListener;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.ConfigReader;
import io.uad.runtime.config.Fakes;
import io.uad.runtime.config.PresetSource;
import io.uad.runtime.plugin.RegisteredComponent;
import io.uad.runtime.plugin.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ListenersTest {
    private final List<String> closed = new ArrayList<>();

    @Test
    void listenersThatWereMadeAreClosedWhenALaterOneCannotBe() {
        var registry =
                Fakes.registry(List.of(component("first", () -> new Remembering("first")), component("second", () -> {
                    throw new IllegalStateException("no port");
                })));
        var config = new ConfigReader(registry, PresetSource.installed())
                .read(List.of(ConfigLayer.text("my.yaml", "{dataset: {path: p}, listener: [first, second]}")));

        assertThrows(UadException.class, () -> Listeners.of(config));

        assertEquals(List.of("first"), closed);
    }

    private static RegisteredComponent component(String name, Supplier<RunListener> listener) {
        return RegisteredComponent.of(Stage.LISTENER, new Provider(name, listener));
    }

    private final class Remembering implements RunListener {
        private final String name;

        Remembering(String name) {
            this.name = name;
        }

        @Override
        public void on(RunEvent event) {}

        @Override
        public void close() {
            closed.add(name);
        }
    }

    private record Provider(String name, Supplier<RunListener> listener) implements ListenerProvider {
        @Override
        public String description() {
            return "a listener";
        }

        @Override
        public Class<NoOptions> optionsType() {
            return NoOptions.class;
        }

        @Override
        public RunListener create(Options options) {
            return listener.get();
        }
    }
}
