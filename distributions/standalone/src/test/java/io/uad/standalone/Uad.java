package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged command {@code uad}, run as a process of its own. */
final class Uad {
    private static final long TIMEOUT_MINUTES = 4;
    /** Such commands end before the second compiler's work has paid. */
    static final String COMPILER = "-XX:TieredStopAtLevel=1";

    private Uad() {}

    /** What a finished command left. */
    record Outcome(int exitCode, String out, String err) {
        Outcome exits(int expected) {
            assertTrue(exitCode == expected, "exit code " + exitCode + " instead of " + expected + "\n" + out + err);
            assertFalse(err.contains("\tat "), "a stack trace\n" + err);
            return this;
        }

        /** The one line that starts with {@code uad:}. */
        String error() {
            var lines = err.lines().filter(line -> line.startsWith("uad: ")).toList();
            assertTrue(lines.size() == 1, "one error, not\n" + err);
            return lines.get(0);
        }

        Outcome says(String... words) {
            for (var word : words) {
                assertTrue((out + err).contains(word), "no '" + word + "' in\n" + out + err);
            }
            return this;
        }
    }

    /** A command under way. */
    record Running(Process process, Path out, Path err) {
        String errors() {
            return read(err);
        }

        Outcome finish() {
            try {
                if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new AssertionError("still running\n" + read(out) + read(err));
                }
                var outcome = new Outcome(process.exitValue(), read(out), read(err));
                Files.delete(out);
                Files.delete(err);
                return outcome;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static Outcome run(Object... arguments) {
        return start(arguments).finish();
    }

    static Running start(Object... arguments) {
        var command = new ArrayList<String>();
        command.add(Distribution.HOME.resolve("bin/uad").toString());
        for (var argument : arguments) {
            command.add(argument.toString());
        }
        return start(command);
    }

    /** In a copy of the distribution. */
    static Outcome runIn(Path home, Object... arguments) {
        var command = new ArrayList<>(List.of(home.resolve("bin/uad").toString()));
        for (var argument : arguments) {
            command.add(argument.toString());
        }
        return start(command).finish();
    }

    /** With a variable of the environment, {@code NAME=value}. */
    static Outcome runWith(String variable, Object... arguments) {
        return runAfter("export '" + variable + "'", arguments);
    }

    /** Through a shell that first runs {@code before}, such as a limit. */
    static Outcome runAfter(String before, Object... arguments) {
        var command = new ArrayList<>(List.of("sh", "-c", before + " && exec \"$@\"", "sh"));
        command.add(Distribution.HOME.resolve("bin/uad").toString());
        for (var argument : arguments) {
            command.add(argument.toString());
        }
        return start(command).finish();
    }

    private static Running start(List<String> command) {
        try {
            var out = Files.createTempFile("uad", ".out");
            var err = Files.createTempFile("uad", ".err");
            var builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().put("UAD_OPTS", "-Xmx2g " + COMPILER);
            return new Running(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
