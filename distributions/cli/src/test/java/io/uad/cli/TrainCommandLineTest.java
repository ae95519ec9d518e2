package io.uad.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class TrainCommandLineTest {
    private static final CommandSpec PLAN = CommandSpec.create()
            .addOption(OptionSpec.builder("--exp").arity("1").build())
            .addOption(OptionSpec.builder("--json").arity("0").build())
            .addOption(OptionSpec.builder("--no-calibration").arity("0").build());

    @Test
    void whatBelongsToThePlanIsLeftOut() {
        assertEquals("-v train photos/ --exp exp/a", line("-v", "plan", "photos/", "--json", "--exp", "exp/a"));
        assertEquals("train photos/", line("plan", "--json", "--no-calibration", "photos/"));
    }

    @Test
    void aValueThatLooksLikeThatStays() {
        assertEquals("train --exp --json", line("plan", "--exp", "--json", "--json"));
    }

    @Test
    void whatAShellWouldChangeIsQuoted() {
        assertEquals("train 'my photos' 'it'\\''s' ''", line("plan", "my photos", "it's", ""));
    }

    @Test
    void whatIsAddedStandsWhereItIsReadAsFlags() {
        var added = List.of("--rank", "0");
        assertEquals("train photos --rank 0", TrainCommandLine.of(PLAN, List.of("plan", "photos"), added));
        assertEquals(
                "train --rank 0 -- --json",
                TrainCommandLine.of(PLAN, List.of("plan", "--json", "--", "--json"), added));
        assertEquals("train --exp -- --rank 0", TrainCommandLine.of(PLAN, List.of("plan", "--exp", "--"), added));
    }

    private static String line(String... arguments) {
        return TrainCommandLine.of(PLAN, List.of(arguments), List.of());
    }
}
