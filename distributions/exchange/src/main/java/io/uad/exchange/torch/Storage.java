package io.uad.exchange.torch;

import net.razorvine.pickle.PickleException;

/**
 * A run of elements in a file.
 *
 * @param key its name in the file
 * @param elements how many it is said to have
 * @param first where a view of it begins, 0 for the whole
 */
record Storage(String key, StorageType type, long elements, long first) {
    private static final int KIND = 0;
    private static final int TYPE = 1;
    private static final int KEY = 2;
    private static final int ELEMENTS = 4;
    private static final int VIEW = 5;

    /** What a persistent id stands for: {@code ('storage', type, key, device, elements[, view])}. */
    static Storage of(Object id) {
        if (id instanceof Object[] parts
                && parts.length > ELEMENTS
                && "storage".equals(parts[KIND])
                && parts[TYPE] instanceof StorageType type
                && (parts[KEY] instanceof String || parts[KEY] instanceof Number)
                && parts[ELEMENTS] instanceof Number elements
                && elements.longValue() >= 0) {
            // A view is (key, first, elements).
            var first =
                    parts.length > VIEW && parts[VIEW] instanceof Object[] view ? ((Number) view[1]).longValue() : 0;
            return new Storage(String.valueOf(parts[KEY]), type, elements.longValue(), first);
        }
        throw new PickleException("a reference to something other than a storage of numbers");
    }
}
