package io.uad.api.engine;

/**
 * A device that an engine sees.
 *
 * @param name as {@code engine.device} names it: {@code cpu}, {@code gpu:0}, ...
 * @param description the maker's name for it, or empty
 * @param memoryBytes all the memory that it has; 0 if unknown
 * @param freeBytes how much of it was free when the engine was opened; 0 if unknown
 * @since 0.1
 */
public record DeviceInfo(String name, String description, long memoryBytes, long freeBytes) {}
