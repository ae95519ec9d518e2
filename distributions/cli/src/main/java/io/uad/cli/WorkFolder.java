package io.uad.cli;

import io.uad.runtime.checkpoint.AtomicFile;
import io.uad.runtime.plugin.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Path;

/** A folder for what a command needs only while it runs, in the system's folder for such; it goes with the command. */
record WorkFolder(TemporaryFolder folder) implements AutoCloseable {
    /** @throws io.uad.api.UadException of kind RESOURCE if none can be made */
    static WorkFolder open(String beginning) {
        var parent = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            return new WorkFolder(TemporaryFolder.in(parent, "uad-" + beginning));
        } catch (IOException e) {
            throw AtomicFile.failure(parent, 0, e);
        }
    }

    Path path() {
        return folder.path();
    }

    @Override
    public void close() {
        try {
            folder.close();
        } catch (IOException e) {
            throw AtomicFile.failure(folder.path(), 0, e);
        }
    }
}
