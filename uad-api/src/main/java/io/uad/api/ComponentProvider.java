package io.uad.api;

/**
 * Makes one component; found by {@link java.util.ServiceLoader} through the provider interface of its stage.
 *
 * <p>A provider has a public constructor without parameters that does no work: listing plugins creates every provider.
 *
 * @param <C> the stage's component
 * @since 0.1
 */
public interface ComponentProvider<C> {
    /** The name after {@code plugin:} in the configuration: kebab-case, unique within its stage. */
    String name();

    /** One line for lists: what it does, and its source if it has one. */
    String description();

    /** A public record in an exported package whose components carry {@link Option}; {@link NoOptions} for none. */
    Class<? extends Record> optionsType();

    /**
     * Makes the component. Called before any image is read, so that mistakes show at once.
     *
     * @param options an instance of {@link #optionsType()}, within the ranges stated there
     * @throws UadException if the options contradict each other or the machine lacks what they ask for
     */
    C create(Options options);
}
