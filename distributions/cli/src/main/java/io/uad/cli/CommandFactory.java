package io.uad.cli;

import picocli.CommandLine;

/** Makes commands; those that have a constructor with an {@link Environment} get it. */
record CommandFactory(Environment environment) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (var constructor : type.getDeclaredConstructors()) {
            var parameters = constructor.getParameterTypes();
            if (parameters.length == 1 && parameters[0] == Environment.class) {
                return type.cast(constructor.newInstance(environment));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }
}
