package io.uad.cli;

import io.uad.runtime.plugin.Spelling;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Says what is wrong with the arguments, the nearest known name, and where help is. */
final class Misuse implements CommandLine.IParameterExceptionHandler {
    static final int EXIT_CODE = 2;

    @Override
    public int handleParseException(CommandLine.ParameterException failure, String[] arguments) {
        var command = failure.getCommandLine();
        var err = command.getErr();
        err.println("uad: " + sentence(failure) + nearest(failure, command));
        err.println(command.getCommandSpec().qualifiedName() + " --help shows what it takes.");
        err.flush();
        return EXIT_CODE;
    }

    private static String sentence(CommandLine.ParameterException failure) {
        var message = String.valueOf(failure.getMessage());
        return message.endsWith(".") ? message : message + ".";
    }

    private static String nearest(CommandLine.ParameterException failure, CommandLine command) {
        if (!(failure instanceof CommandLine.UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return "";
        }
        var known = new ArrayList<>(command.getSubcommands().keySet());
        command.getCommandSpec().options().forEach(option -> known.addAll(List.of(option.names())));
        var word = unmatched.getUnmatched().get(0).split("=", 2)[0];
        return Spelling.nearest(word, known)
                .map(name -> " The nearest known name is " + name + ".")
                .orElse("");
    }
}
