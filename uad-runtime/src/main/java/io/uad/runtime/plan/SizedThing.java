package io.uad.runtime.plan;

import java.util.Set;

/**
 * Something large that a run keeps.
 *
 * @param name what it is
 * @param place where it lies
 * @param bytes about how many
 * @param least how many it certainly takes; a run is refused by these only
 * @param phases when it is there
 * @param meaning how the number comes about, in words
 * @param fix what makes it smaller, as the end of a sentence; empty for nothing
 */
public record SizedThing(
        String name, Place place, long bytes, long least, Set<Phase> phases, String meaning, String fix) {
    public SizedThing {
        if (bytes < least || least < 0) {
            throw new IllegalArgumentException(
                    name + ": least must lie in 0.." + bytes + ", which are expected, was " + least);
        }
        phases = Set.copyOf(phases);
    }

    /** The same of some other processes together. */
    SizedThing ofOthers(int count) {
        return new SizedThing(
                name + (count == 1 ? " of the other process" : " of the " + count + " other processes"),
                place,
                count * bytes,
                count * least,
                phases,
                meaning,
                fix);
    }
}
