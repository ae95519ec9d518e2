package io.uad.runtime.training;

import io.uad.runtime.checkpoint.Provenance;
import org.jspecify.annotations.Nullable;

/** What {@code run.json} says of this session: nothing before it begins, then how it ends. */
final class SessionRecord {
    private @Nullable RunRecorder recorder;
    private @Nullable Provenance provenance;

    void begins(RunRecorder writes, Provenance begun) {
        begun.write(writes.provenance());
        recorder = writes;
        provenance = begun;
    }

    /** @param outcome as in {@link Provenance.Session#outcome} */
    void ends(String outcome) {
        if (recorder != null && provenance != null) {
            provenance.withDataset(recorder.datasetRecord()).ended(outcome).write(recorder.provenance());
        }
    }

    void fails(Throwable failure) {
        try {
            ends("failed: " + failure.getMessage());
        } catch (RuntimeException alsoFailed) {
            failure.addSuppressed(alsoFailed); // what went wrong first is what the user has to know
        }
    }
}
