package io.uad.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ComponentProvider;
import io.uad.api.Option;
import io.uad.api.Options;
import io.uad.api.listener.ListenerProvider;
import io.uad.api.listener.RunListener;
import io.uad.testkit.contract.Scorecard.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ProviderContractTest {
    /** A word with a blank in its kebab-case. */
    public enum Word {
        ONE_WORD
    }

    /** A block. */
    public record Inner(
            @Option(defaultValue = "[1, 2.5]", min = 1, description = "a list")
            List<Double> list,

            @Option(defaultValue = "[]", description = "an empty list")
            List<String> none) {}

    /** Every type that an option may have. */
    public record Everything(
            @Option(defaultValue = "3", min = 3, max = 3, description = "a number")
            int number,

            @Option(defaultValue = "12345678901", description = "a long number")
            long large,

            @Option(defaultValue = "1.0e-5", min = 0, minExclusive = true, description = "a share")
            double share,

            @Option(defaultValue = "true", description = "a truth")
            boolean truth,

            @Option(defaultValue = "some text", description = "text")
            String text,

            @Option(defaultValue = "one-word", description = "a word")
            Word word,

            @Option(defaultValue = "7", max = 9, description = "a number or auto")
            OptionalInt some,

            @Option(defaultValue = "auto", description = "a share or auto")
            OptionalDouble automatic,

            @Option(description = "a block") Inner inner) {}

    /** What an author may get wrong. */
    public record Wrong(
            @Option(defaultValue = "3", min = 4, description = "below its range")
            int low,

            @Option(defaultValue = "x", description = "no number")
            int unreadable,

            @Option(defaultValue = "2", min = 2, max = 1, description = "nothing fits")
            int impossible,

            @Option(defaultValue = "2", description = "") int silent) {}

    /** A path that must be given. */
    public record Path(@Option(description = "a file") String path) {}

    private record Listening(String name, String description, Class<? extends Record> optionsType)
            implements ListenerProvider {
        @Override
        public RunListener create(Options options) {
            return event -> {};
        }
    }

    private static Scorecard.Check check(ComponentProvider<?> provider, String fact) {
        return Contracts.run(provider).checks().stream()
                .filter(check -> check.name().equals(fact))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void defaultsOfEveryTypeAreRead() {
        var inner = new Inner(List.of(1.0, 2.5), List.of());
        var rest = OptionalDouble.empty();
        assertEquals(
                new Everything(3, 12345678901L, 1e-5, true, "some text", Word.ONE_WORD, OptionalInt.of(7), rest, inner),
                OptionDefaults.of(Everything.class));
        assertEquals(OptionalInt.empty(), ((Everything) OptionDefaults.automatic(Everything.class)).some());
        assertThrows(NoDefaultException.class, () -> OptionDefaults.of(Path.class));
        assertTrue(check(new Listening("a", "b", Everything.class), "every default can be read and lies in its range")
                .passed());
    }

    @Test
    void namesDescriptionsAndOptionsThatAreWrongFail() {
        var wrong = new Listening("Not_kebab", "two\nlines", Wrong.class);
        var failed = Contracts.run(wrong).failures().stream()
                .map(Scorecard.Check::name)
                .toList();
        assertTrue(
                failed.containsAll(List.of(
                        "the name is in kebab case",
                        "the description is one line",
                        "every option is described in a line",
                        "every range allows something",
                        "every default can be read and lies in its range")),
                failed.toString());
        assertTrue(
                check(wrong, "every default can be read and lies in its range")
                        .message()
                        .contains("Wrong.low"),
                "the message names the option");
    }

    @Test
    void whatNeedsAnOptionThatMustBeGivenIsNotCheckedUntilItIs() {
        var provider = new Listening("a", "b", Path.class);
        var without = Contracts.run(provider);
        var run = outcome(without, "a whole run is heard");
        assertEquals(Outcome.NOT_CHECKED, run.orElseThrow().outcome());
        assertTrue(run.orElseThrow().message().contains("path"), "the message names the option");
        assertFalse(run.orElseThrow().passed());
        var given = Contracts.run(provider, Options.of(new Path("file")));
        assertTrue(outcome(given, "a whole run is heard").orElseThrow().passed());
    }

    private static Optional<Scorecard.Check> outcome(Scorecard scorecard, String fact) {
        return scorecard.checks().stream()
                .filter(check -> check.name().equals(fact))
                .findFirst();
    }

    @Test
    void aProviderOfNoStageIsRefused() {
        var provider = new ComponentProvider<String>() {
            @Override
            public String name() {
                return "none";
            }

            @Override
            public String description() {
                return "of no stage";
            }

            @Override
            public Class<Path> optionsType() {
                return Path.class;
            }

            @Override
            public String create(Options options) {
                return "";
            }
        };
        assertThrows(IllegalArgumentException.class, () -> Contracts.run(provider));
    }
}
