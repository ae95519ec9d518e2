package io.uad.runtime.process;

import io.uad.api.engine.Membership;
import io.uad.runtime.listener.StopSignal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** The other processes of a run as this one's program knows them: how to find them, to start them, and what became of them. */
public interface Companions extends AutoCloseable {
    /** Nobody else: a run in one process. */
    static Companions none() {
        return Optional::empty;
    }

    /** Processes that somebody else has started, or will. */
    static Companions elsewhere(Membership membership) {
        return () -> Optional.of(membership);
    }

    /** How this process finds the others; empty if there are none. */
    Optional<Membership> membership();

    /** How they are spread over machines, by which a run is measured before it begins. */
    default Topology topology() {
        return membership()
                .map(member -> Topology.onMachines(member.size(), member.rank() == 0))
                .orElse(Topology.ALONE);
    }

    /**
     * How many threads this process's engine takes, and how many read images, where the configuration leaves that open; empty
     * for their own choice.
     */
    default OptionalInt threads() {
        return OptionalInt.empty();
    }

    /**
     * Called when this process is going to join the others, with an engine that can. Starts the others, if that is this
     * program's part, and returns when they are going to join, too.
     *
     * @param logs the folder for what they say, made when asked for; process 0's
     * @param stopped of this process, which ends the waiting
     * @throws io.uad.api.UadException of kind RESOURCE if one has failed
     * @throws java.util.concurrent.CancellationException if this process or one of the others was asked to stop
     */
    default void begin(Supplier<Path> logs, StopSignal stopped) {}

    /**
     * The reason why a run fails or ends early: that of the process that failed first, if this program knows of one.
     *
     * @param failure with which this process fails
     * @return an exception to throw instead, or that one
     */
    default RuntimeException explained(RuntimeException failure) {
        return failure;
    }

    /** @throws io.uad.api.UadException of kind RESOURCE if this program knows that another process has failed */
    default void requireWell() {}

    /** Ends those that this program has started, if they have not ended by themselves. */
    @Override
    default void close() {}
}
