package io.uad.cli;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Prints what went wrong as one sentence; a stack trace only for {@code --verbose}. */
final class Failures implements CommandLine.IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments) {
        var err = command.getErr();
        var verbose = UadCommand.isVerbose(command);
        var known = known(failure);
        err.println("uad: " + (known == null ? unknown(failure, verbose) : known.getMessage()));
        if (verbose) {
            failure.printStackTrace(err);
        }
        err.flush();
        return (known == null ? ErrorKind.INTERNAL : known.kind()).exitCode();
    }

    private static @org.jspecify.annotations.Nullable UadException known(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UadException known) {
                return known;
            }
            if (cause instanceof OutOfMemoryError) {
                return new UadException(
                        ErrorKind.RESOURCE,
                        "out of memory: " + cause.getMessage(),
                        "",
                        "more than " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB of heap",
                        "Give Java more (UAD_OPTS=-Xmx8g), or lower training.batch or image.size",
                        cause);
            }
        }
        return null;
    }

    private static String unknown(Throwable failure, boolean verbose) {
        return "this should not happen, it is a defect of UAD or of a plugin: " + failure
                + (verbose ? "" : " (--verbose shows where)");
    }
}
