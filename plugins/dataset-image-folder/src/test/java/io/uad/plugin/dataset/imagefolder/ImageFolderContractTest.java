package io.uad.plugin.dataset.imagefolder;

import io.uad.api.Options;
import io.uad.api.dataset.DatasetProvider;
import io.uad.testkit.contract.DatasetContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderContractTest extends DatasetContract {
    @TempDir
    Path folder;

    /** Their bytes are no images, which reading does not mind: the runtime decodes. */
    @BeforeEach
    void writeTwoClassesAndAFileThatIsNoSample() throws IOException {
        for (var name : List.of("cats/a.jpg", "cats/b.png", "dogs/a.jpg")) {
            var file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "bytes of " + name);
        }
        Files.writeString(folder.resolve("notes.txt"), "no sample");
    }

    @Override
    protected DatasetProvider provider() {
        return new ImageFolderProvider();
    }

    @Override
    protected Options options() {
        return Options.of(new ImageFolderOptions(folder.toString()));
    }
}
