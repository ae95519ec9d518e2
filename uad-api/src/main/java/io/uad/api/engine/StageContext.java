package io.uad.api.engine;

import io.uad.api.Progress;
import io.uad.api.Seed;
import java.util.function.Consumer;

/**
 * What the runtime lends to a stage that computes.
 *
 * @param algebra the engine's products; lives as long as the engine
 * @param seed derived from (run seed, stage, epoch); the only source of randomness
 * @param progress to be called often, in units of the stage's own
 * @param notice takes one sentence that the user should read, such as a warning
 * @since 0.1
 */
public record StageContext(LinearAlgebra algebra, Seed seed, Progress progress, Consumer<String> notice) {
    /** A context without an audience. */
    public static StageContext quiet(LinearAlgebra algebra, Seed seed) {
        return new StageContext(algebra, seed, Progress.NONE, sentence -> {});
    }
}
