package io.uad.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HelpTest {
    @Test
    void everyCommandHasExamplesOfItsOwn() {
        for (var command : all(Main.commandLine(Cli.environment(), "help"))) {
            var name = command.getCommandSpec().qualifiedName();
            var help = command.getUsageMessage();
            assertTrue(help.contains("Example"), name + "\n" + help);
            var examples = help.substring(help.indexOf("Example"))
                    .lines()
                    .filter(line -> line.contains("  uad "))
                    .toList();
            assertFalse(examples.isEmpty() && !help.contains("<(uad"), name + "\n" + help);
            if (!examples.isEmpty()) { // others may say what to do next
                var first = examples.get(0);
                assertTrue(first.startsWith("  " + name + " ") || first.equals("  " + name), name + " shows\n" + first);
            }
        }
    }

    private static List<CommandLine> all(CommandLine root) {
        var commands = new ArrayList<CommandLine>();
        for (var command : root.getSubcommands().values()) {
            if (!command.getCommandSpec().usageMessage().hidden()) {
                commands.add(command);
                commands.addAll(all(command));
            }
        }
        return commands;
    }

    @Test
    void helpFollowsACommandToItsEnd() {
        Cli.run("help", "eval", "linear").exits(0).says("Usage: uad eval linear", "--tencrops");
        Cli.run("help", "eval").exits(0).says("Usage: uad eval", "linear");
        Cli.run("help").exits(0).says("Usage: uad", "quickstart", "uad plugins list ");
        Cli.run("help", "eval", "linaer").exits(2).says("linaer", "linear");
    }

    /** Commands that are not asked for are only outlined, to start sooner; the help must not tell. */
    @Test
    void theListOfCommandsIsTheSameWhetherTheyAreWholeOrOutlined() {
        var whole = Main.commandLine(Cli.environment(), "help").getUsageMessage();
        assertEquals(whole, Main.commandLine(Cli.environment()).getUsageMessage());
        assertEquals(
                whole, Main.commandLine(Cli.environment(), "config", "init").getUsageMessage());
    }

    @Test
    void flagsOfAllCommandsWorkBeforeAndBehindTheOneThatIsNamed() {
        Cli.run("--verbose", "completion").exits(0);
        Cli.run("completion", "--verbose").exits(0);
        Cli.run("eval", "linear", "--help").exits(0).says("--verbose", "--plugins");
        Cli.run("trian").exits(2).says("trian", "train");
    }

    @Test
    void choicesAreShownAsTheyAreTyped() {
        Cli.run("eval", "linear", "--help")
                .exits(0)
                .says("shrunk: auto, original,")
                .hides("AUTO");
    }
}
