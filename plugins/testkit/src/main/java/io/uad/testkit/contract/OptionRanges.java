package io.uad.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.Option;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Looks at what the annotations of an options record say, blocks within blocks included. */
final class OptionRanges {
    private OptionRanges() {}

    /** Shows every component, those of nested records after their block. */
    static void forEach(Class<? extends Record> type, Consumer<RecordComponent> visitor) {
        for (var component : type.getRecordComponents()) {
            visitor.accept(component);
            if (component.getType().isRecord()) {
                forEach(component.getType().asSubclass(Record.class), visitor);
            }
        }
    }

    static void assertDescribed(RecordComponent component) {
        var description = option(component).description();
        assertFalse(description.isBlank(), name(component) + " has no description");
        assertTrue(description.lines().count() == 1, name(component) + " is described by more than one line");
    }

    static void assertConsistent(RecordComponent component) {
        var option = option(component);
        assertTrue(
                option.minExclusive() ? option.min() < option.max() : option.min() <= option.max(),
                name(component) + " allows nothing from " + option.min() + " to " + option.max());
    }

    static void assertDefaultWithinRange(RecordComponent component) {
        var option = option(component);
        if (component.getType().isRecord() || option.defaultValue().equals(Option.REQUIRED)) {
            return;
        }
        try {
            assertWithin(component, option, OptionDefaults.value(component));
        } catch (IllegalArgumentException e) {
            throw new AssertionError(
                    "the default '" + option.defaultValue() + "' of " + name(component) + " cannot be read: " + e, e);
        }
    }

    private static void assertWithin(RecordComponent component, Option option, Object value) {
        if (value instanceof List<?> list) {
            list.forEach(one -> assertWithin(component, option, one));
        } else if (value instanceof OptionalInt one) {
            one.ifPresent(number -> assertWithin(component, option, number));
        } else if (value instanceof OptionalDouble one) {
            one.ifPresent(number -> assertWithin(component, option, number));
        } else if (value instanceof Number number) {
            var given = number.doubleValue();
            assertTrue(
                    given <= option.max() && (option.minExclusive() ? given > option.min() : given >= option.min()),
                    "the default of " + name(component) + " lies outside its own range: " + given);
        }
    }

    private static Option option(RecordComponent component) {
        var option = component.getAnnotation(Option.class);
        assertNotNull(option, name(component) + " has no @Option");
        return option;
    }

    private static String name(RecordComponent component) {
        return component.getDeclaringRecord().getSimpleName() + "." + component.getName();
    }
}
