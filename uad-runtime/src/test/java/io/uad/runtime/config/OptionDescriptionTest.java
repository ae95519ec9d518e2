package io.uad.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.NoOptions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionDescriptionTest {
    @Test
    void everythingThatAnOptionDeclaresIsDescribed() {
        var gamma = OptionDescription.of(Fakes.MinMax.class).get(0);

        assertEquals("gamma", gamma.key());
        assertEquals("number", gamma.type().words());
        assertEquals(Optional.of("0.5"), gamma.defaultValue());
        assertEquals(0, gamma.min());
        assertEquals(10, gamma.max());
        assertEquals("floor", gamma.description());
        assertEquals("a number from 0 to 10", gamma.expected());
        assertFalse(gamma.required());
    }

    @Test
    void keysAreInKebabCase() {
        assertEquals(
                List.of(
                        "epochs",
                        "start-epoch",
                        "batch",
                        "learning-rate",
                        "momentum",
                        "weight-decay",
                        "schedule",
                        "warm-up",
                        "max-gradient-norm",
                        "head",
                        "recluster-churn",
                        "recluster-every",
                        "joint-statistics"),
                OptionDescription.keys(OptionDescription.of(TrainingSettings.class)));
    }

    @Test
    void optionWithoutADefaultIsRequired() {
        assertTrue(OptionDescription.of(Fakes.Folder.class).get(0).required());
    }

    @Test
    void enumsListTheirWords() {
        var layout = OptionDescription.of(Fakes.AlexNet.class).get(1);

        assertEquals(List.of("by-class", "flat"), layout.choices());
        assertEquals("choice", layout.type().words());
    }

    @Test
    void blocksDescribeTheirOptionsAndAreNeverRequired() {
        var low = OptionDescription.of(Fakes.Concat.class).get(0);

        assertEquals(List.of("tap", "channels"), OptionDescription.keys(low.nested()));
        assertFalse(low.required());
    }

    @Test
    void automaticNumbersAndListsSaySo() {
        assertEquals(
                "whole number or auto",
                OptionDescription.of(Fakes.Djl.class).get(1).type().words());
        var marks = OptionDescription.of(Fakes.Jsonl.class).get(1);
        assertEquals("list of number", marks.type().words());
        assertEquals("a list, each of it a number, 0 or more", marks.expected());
    }

    @Test
    void recordWithoutComponentsHasNoOptions() {
        assertEquals(List.of(), OptionDescription.of(NoOptions.class));
    }
}
