package io.uad.standalone;

import io.uad.runtime.plugin.PluginRegistry;

/** Prints a line for each component that can be found: {@code stage/name} and its module, {@code null} for none. */
final class ListComponents {
    private ListComponents() {}

    public static void main(String[] args) {
        var registry = PluginRegistry.load(ListComponents.class.getClassLoader());
        for (var component : registry.components()) {
            System.out.println(component.id() + " "
                    + component.provider().getClass().getModule().getName());
        }
        registry.warnings().forEach(System.err::println);
    }
}
