package io.uad.plugin.engine.libtorch;

import io.uad.api.engine.Membership;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.Backend;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.nccl.ProcessGroupNCCL;

/** Connects the GPUs of processes. Its classes and natives are there only in the build for CUDA. */
final class Nccl {
    private Nccl() {}

    /** Why its natives cannot be loaded; empty if they are. */
    static Optional<Throwable> missing() {
        try {
            Loader.load(ProcessGroupNCCL.class);
            return Optional.empty();
        } catch (LinkageError e) {
            return Optional.of(e);
        }
    }

    /**
     * A group of GPUs.
     *
     * @param store by which processes find each other
     * @throws RuntimeException and {@link LinkageError} as the library and the loader throw them
     */
    static Backend open(Membership membership, Store store) {
        // By itself the library ends the process, some time after another one is gone. So a call waits, and then fails.
        torch.set_env("TORCH_NCCL_BLOCKING_WAIT", "1", false);
        torch.set_env("TORCH_NCCL_ENABLE_MONITORING", "0", false);
        var options = ProcessGroupNCCL.Options.create();
        options.timeout(new Milliseconds(membership.patience().toMillis()));
        return new ProcessGroupNCCL(store, membership.rank(), membership.size(), options);
    }
}
