package io.uad.cli;

import picocli.CommandLine.Model.CommandSpec;

/** Sentences for people, on standard error. */
final class Notes {
    private Notes() {}

    static void print(CommandSpec command, String sentence) {
        var err = command.commandLine().getErr();
        err.println(sentence);
        err.flush();
    }
}
