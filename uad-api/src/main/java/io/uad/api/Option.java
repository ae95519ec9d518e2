package io.uad.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one component of an options record: its default, its range and what it means.
 *
 * <p>What reads the configuration and what describes it ({@code uad plugins describe}) both go by this annotation. A record
 * component {@code learningRate} is the key {@code learning-rate}. Types: {@code int}, {@code long}, {@code double},
 * {@code boolean}, {@link String}, any enum (kebab-case in the file), {@link java.util.OptionalInt} and
 * {@link java.util.OptionalDouble} (the word {@code auto} is empty), {@link java.util.List} of these, and records, which
 * are nested blocks.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Option {
    /** Stands for "no default": the key must be given. */
    String REQUIRED = "\u0000required";

    /**
     * The default as it would stand in the file, {@code []} for an empty list; for a nested record its own defaults
     * apply and this is ignored.
     */
    String defaultValue() default REQUIRED;

    /** Smallest allowed number (of a list: of each element). */
    double min() default Double.NEGATIVE_INFINITY;

    /** Largest allowed number (of a list: of each element). */
    double max() default Double.POSITIVE_INFINITY;

    /** Whether {@link #min()} itself is refused. */
    boolean minExclusive() default false;

    /** One sentence: meaning, unit, source. */
    String description();
}
