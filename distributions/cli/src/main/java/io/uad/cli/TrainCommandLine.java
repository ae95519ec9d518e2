package io.uad.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** Makes the command that trains of the one that plans. */
final class TrainCommandLine {
    /** What belongs to the plan alone. */
    private static final List<String> OWN = List.of("--json", "--no-calibration");

    private TrainCommandLine() {}

    /**
     * As a shell reads it, without the program's name.
     *
     * @param plan the command that was typed
     * @param arguments all that was typed
     * @param more flags that training needs
     */
    static String of(CommandSpec plan, List<String> arguments, List<String> more) {
        var name = arguments.indexOf("plan"); // what stands before it belongs to all commands
        var flags = IntStream.range(0, arguments.size())
                .filter(i -> arguments.get(i).equals("--") && !isValue(plan, arguments, i))
                .findFirst()
                .orElse(arguments.size());
        var own = IntStream.range(0, flags)
                .filter(i -> !OWN.contains(arguments.get(i)) || isValue(plan, arguments, i))
                .mapToObj(i -> i == name ? "train" : arguments.get(i));
        var rest = Stream.concat(more.stream(), arguments.stream().skip(flags));
        return Stream.concat(own, rest).map(TrainCommandLine::quoted).collect(Collectors.joining(" "));
    }

    /** Whether it is what the option before it is given. */
    private static boolean isValue(CommandSpec plan, List<String> arguments, int index) {
        var option = index == 0 ? null : plan.findOption(arguments.get(index - 1));
        return option != null && option.arity().min() > 0;
    }

    private static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9_./=:,@%+-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
