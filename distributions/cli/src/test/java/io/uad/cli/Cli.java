package io.uad.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.runtime.config.PresetSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/** Commands in this process, without any plugin. */
final class Cli {
    private Cli() {}

    static Environment environment() {
        return new Environment(PresetSource.installed(), new Interruption());
    }

    /** What a command left. */
    record Outcome(int exitCode, String said) {
        Outcome exits(int expected) {
            assertEquals(expected, exitCode, said);
            return this;
        }

        Outcome says(String... words) {
            for (var word : words) {
                assertTrue(said.contains(word), "no '" + word + "' in\n" + said);
            }
            return this;
        }

        Outcome hides(String word) {
            assertFalse(said.contains(word), said);
            return this;
        }
    }

    static Outcome run(Object... arguments) {
        var said = new StringWriter();
        var out = new PrintWriter(said, true);
        var words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        return new Outcome(Main.run(environment(), out, out, words), said.toString());
    }
}
