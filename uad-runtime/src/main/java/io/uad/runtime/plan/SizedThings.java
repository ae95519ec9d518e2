package io.uad.runtime.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A list of large things that grows. */
final class SizedThings {
    private final List<SizedThing> things = new ArrayList<>();

    List<SizedThing> all() {
        return List.copyOf(things);
    }

    /** Adds something of which the size is certain. */
    void exact(String name, Place place, long bytes, Set<Phase> phases, String meaning, String fix) {
        add(name, place, bytes, bytes, phases, meaning, fix);
    }

    /** Adds something, see {@link SizedThing}. */
    void add(String name, Place place, long bytes, long least, Set<Phase> phases, String meaning, String fix) {
        things.add(new SizedThing(name, place, bytes, least, phases, meaning, fix));
    }

    static Set<Phase> allPhases() {
        return EnumSet.allOf(Phase.class);
    }

    /** Those in which images were read. */
    static Set<Phase> afterStart() {
        return EnumSet.complementOf(EnumSet.of(Phase.START));
    }
}
