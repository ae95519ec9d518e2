package io.uad.cli;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.runtime.checkpoint.Machine;
import io.uad.runtime.plugin.PluginCancelled;
import java.io.PrintWriter;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Prints what went wrong as one sentence; a stack trace only for {@code --verbose}. */
final class Failures implements CommandLine.IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments) {
        return report(failure, command.getErr(), UadCommand.isVerbose(command));
    }

    /** Prints the sentence; returns the exit code. */
    static int report(Throwable failure, PrintWriter err, boolean verbose) {
        var known = known(failure);
        if (known == null && failure instanceof CancellationException) {
            err.println("uad: interrupted");
            return Interruption.EXIT_CODE;
        }
        err.println("uad: " + (known == null ? unknown(failure, verbose) : known.getMessage()));
        if (verbose) {
            failure.printStackTrace(err);
        }
        err.flush();
        return (known == null ? ErrorKind.INTERNAL : known.kind()).exitCode();
    }

    private static @Nullable UadException known(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PluginCancelled cancelled) { // where nobody asks for a stop
                return cancelled.unasked();
            }
            if (cause instanceof UadException known) {
                return known;
            }
            if (cause instanceof OutOfMemoryError exhausted) {
                return Machine.outOfMemory(exhausted);
            }
        }
        return null;
    }

    private static String unknown(Throwable failure, boolean verbose) {
        return "this should not happen, it is a defect of UAD or of a plugin: " + failure
                + (verbose ? "" : " (--verbose shows where)");
    }
}
