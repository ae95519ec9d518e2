package io.uad.cli;

import io.uad.runtime.config.OptionDescription;
import io.uad.runtime.plugin.RegisteredComponent;
import io.uad.runtime.plugin.Stage;
import java.util.List;

/** A block of the configuration that chooses a component and names all its options with their defaults. */
final class ComponentExample {
    private ComponentExample() {}

    static String of(RegisteredComponent component) {
        var text = new StringBuilder();
        var list = component.stage() == Stage.LISTENER;
        text.append(component.stage().key()).append(":\n");
        text.append(list ? "  - plugin: " : "  plugin: ")
                .append(component.name())
                .append('\n');
        append(text, OptionDescription.of(component.optionsType()), list ? "    " : "  ");
        return text.toString();
    }

    private static void append(StringBuilder text, List<OptionDescription> options, String indent) {
        for (var option : options) {
            text.append(indent).append(option.key()).append(':');
            if (option.nested().isEmpty()) {
                text.append(' ')
                        .append(option.defaultValue()
                                .map(value -> value.isEmpty() ? "''" : value)
                                .orElse("... # must be given"))
                        .append('\n');
            } else {
                text.append('\n');
                append(text, option.nested(), indent + "  ");
            }
        }
    }
}
