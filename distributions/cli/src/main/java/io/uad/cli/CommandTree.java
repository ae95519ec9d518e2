package io.uad.cli;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Adds commands as far as they are needed.
 *
 * @param arguments what the user typed
 */
record CommandTree(List<String> arguments) {
    /** Commands that look at all others, and the sign of a file with arguments. */
    private static final List<String> OF_ALL = List.of("help", "completion", "@");

    /** Adds a command: whole if the arguments may name it, else its name and description. */
    void add(Class<?> type, CommandLine parent, CommandLine.IFactory factory) {
        var about = type.getAnnotation(Command.class);
        parent.addSubcommand(about.name(), isNeeded(about) ? new CommandLine(type, factory) : outline(about));
    }

    private boolean isNeeded(Command about) {
        return Stream.concat(Stream.of(about.name()), Stream.of(about.aliases()))
                        .anyMatch(arguments::contains)
                || arguments.stream().anyMatch(argument -> OF_ALL.stream().anyMatch(argument::startsWith));
    }

    private static CommandSpec outline(Command about) {
        var outline = CommandSpec.create().name(about.name()).aliases(about.aliases());
        outline.usageMessage().description(about.description()).hidden(about.hidden());
        return outline;
    }
}
