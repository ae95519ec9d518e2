package io.uad.api;

/**
 * The checked options of one component, on their way from the configuration to its provider.
 *
 * @since 0.1
 */
public final class Options {
    private final Record values;

    private Options(Record values) {
        this.values = values;
    }

    /** Wraps a record of options, as the configuration reader and tests do. */
    public static Options of(Record values) {
        return new Options(values);
    }

    /**
     * The options as the provider's own type.
     *
     * @param type what {@link ComponentProvider#optionsType()} returned
     * @throws IllegalArgumentException if the options are of another type
     */
    public <O extends Record> O as(Class<O> type) {
        if (!type.isInstance(values)) {
            throw new IllegalArgumentException(
                    "options are " + values.getClass().getName() + ", not " + type.getName());
        }
        return type.cast(values);
    }

    /** Equal if the records are. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Options that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
