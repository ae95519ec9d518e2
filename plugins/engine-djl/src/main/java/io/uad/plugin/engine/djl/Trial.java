package io.uad.plugin.engine.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.uad.plugin.engine.common.LibraryFailures;
import io.uad.plugin.engine.djl.natives.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A program of its own that loads PyTorch as the environment says, which may fetch it, and computes on what it finds. It
 * writes how that went to the file that is its argument; if it crashes it writes nothing.
 */
final class Trial {
    private Trial() {}

    /** Runs it. */
    public static void main(String[] arguments) throws IOException {
        var said = ChildJvm.WELL;
        try {
            var engine = Engine.getEngine("PyTorch");
            compute(Device.cpu());
            if (engine.getGpuCount() == 0) {
                said = ChildJvm.WELL_ON_CPU;
            }
            for (var gpu = 0; gpu < engine.getGpuCount(); gpu++) {
                compute(Device.gpu(gpu));
            }
        } catch (RuntimeException | LinkageError e) {
            said = LibraryFailures.reason(e);
        }
        Files.writeString(Path.of(arguments[0]), said);
    }

    private static void compute(Device device) {
        try (var manager = NDManager.newBaseManager(device, "PyTorch")) {
            CheckedConvolutions.check(manager);
        }
    }
}
